"""Who may do what, written by hand from the table of people in docs/quickstart.md: not derived from any view.

Each address of the resolver stands here with the least role that may get it and the least that may send a form to it.
"""

from __future__ import annotations

import re

EVERYBODY, SIGNED_IN, VIEWER, STAFF, REVIEWER, ADMINISTRATOR, NOBODY = range(-1, 6)
PEOPLE = {"anonymous": EVERYBODY, "": SIGNED_IN, "Viewer": VIEWER, "Staff": STAFF, "Reviewer": REVIEWER}
PEOPLE |= {"Administrator": ADMINISTRATOR}
Least = tuple[int, int]

# view, add, change, delete
MODELS = {
    "axes_accessattempt": (ADMINISTRATOR, NOBODY, NOBODY, ADMINISTRATOR),
    "auth_user": (ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "auth_group": (ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "catalog_category": (VIEWER, STAFF, STAFF, ADMINISTRATOR),
    "catalog_draftproduct": (VIEWER, NOBODY, STAFF, NOBODY),
    "catalog_product": (VIEWER, STAFF, STAFF, ADMINISTRATOR),
    "catalog_productstatuschange": (VIEWER, NOBODY, NOBODY, NOBODY),
    "catalog_closedgate": (VIEWER, NOBODY, NOBODY, NOBODY),
    "catalog_matchingmodel": (VIEWER, NOBODY, NOBODY, NOBODY),
    "catalog_matchproposal": (VIEWER, NOBODY, NOBODY, NOBODY),
    "catalog_pricehistory": (VIEWER, NOBODY, NOBODY, NOBODY),
    "catalog_supplieritem": (VIEWER, NOBODY, STAFF, ADMINISTRATOR),
    "ingestion_change": (VIEWER, NOBODY, NOBODY, NOBODY),
    "ingestion_heldchange": (VIEWER, NOBODY, NOBODY, NOBODY),
    "ingestion_ingestionrun": (VIEWER, NOBODY, NOBODY, NOBODY),
    "ingestion_parsinglog": (VIEWER, NOBODY, NOBODY, NOBODY),
    "ingestion_pricelist": (VIEWER, STAFF, NOBODY, NOBODY),
    "suppliers_pricelistsource": (VIEWER, STAFF, STAFF, ADMINISTRATOR),
    "suppliers_supplier": (VIEWER, STAFF, STAFF, ADMINISTRATOR),
}

# by the name of the address: get, post
OTHERS: dict[str, Least] = {
    "health": (EVERYBODY, NOBODY),
    "metrics": (VIEWER, NOBODY),  # a token opens it, too
    "set_language": (EVERYBODY, EVERYBODY),
    "login": (EVERYBODY, EVERYBODY),
    "jsi18n": (SIGNED_IN, NOBODY),
    "index": (SIGNED_IN, SIGNED_IN),
    "search": (SIGNED_IN, SIGNED_IN),
    "autocomplete": (VIEWER, NOBODY),
    "app_list": (VIEWER, VIEWER),
    "second_factor": (SIGNED_IN, SIGNED_IN),
    "second_factor_setup": (SIGNED_IN, SIGNED_IN),
    "password_change": (SIGNED_IN, SIGNED_IN),
    "password_change_done": (SIGNED_IN, NOBODY),
    "view_on_site": (NOBODY, NOBODY),
    "catalog_supplieritem_export": (VIEWER, NOBODY),
    "catalog_supplieritem_explain": (VIEWER, NOBODY),
    "catalog_supplieritem_follow": (NOBODY, STAFF),
    "catalog_pricehistory_explain": (VIEWER, NOBODY),
    "catalog_draftproduct_change": (SIGNED_IN, SIGNED_IN),  # leads to the product's page, which asks who it is
    "catalog_matchproposal_decide": (REVIEWER, REVIEWER),
    "catalog_matchproposal_bulk": (REVIEWER, REVIEWER),
    "catalog_product_merge": (REVIEWER, REVIEWER),
    "catalog_product_take_out": (REVIEWER, REVIEWER),
    "catalog_product_undo_link": (REVIEWER, REVIEWER),
    "catalog_product_undo_merge": (REVIEWER, REVIEWER),
    "catalog_draftproduct_same": (NOBODY, REVIEWER),
    "catalog_draftproduct_new": (NOBODY, REVIEWER),
    "catalog_product_move": (NOBODY, REVIEWER),
    "catalog_product_import": (STAFF, STAFF),
    "catalog_product_process_import": (NOBODY, STAFF),
    "catalog_product_export": (VIEWER, VIEWER),
    "ingestion_change_export": (VIEWER, NOBODY),
    "ingestion_heldchange_decide": (REVIEWER, REVIEWER),
    "ingestion_heldchange_run": (NOBODY, REVIEWER),
    "ingestion_pricelist_file": (VIEWER, VIEWER),
    "ingestion_pricelist_mapping": (VIEWER, NOBODY),
    "ingestion_pricelist_mapping_grid": (VIEWER, NOBODY),
    "ingestion_pricelist_mapping_try": (VIEWER, STAFF),
    "ingestion_pricelist_mapping_save": (NOBODY, STAFF),
    "ingestion_preparedview_state": (VIEWER, NOBODY),
    "ingestion_preparedview_wait": (VIEWER, NOBODY),
    "ingestion_preparedview_cancel": (NOBODY, VIEWER),
    "ingestion_preparedview_again": (NOBODY, VIEWER),
    "ingestion_preparedview_file": (VIEWER, NOBODY),
    "ingestion_ingestionrun_state": (VIEWER, NOBODY),
    "ingestion_ingestionrun_errors": (VIEWER, STAFF),
    "ingestion_ingestionrun_workbook": (VIEWER, NOBODY),
    "ingestion_ingestionrun_again": (NOBODY, STAFF),
    "ingestion_ingestionrun_force": (NOBODY, STAFF),
    "ingestion_ingestionrun_cancel": (NOBODY, STAFF),
    "ingestion_ingestionrun_bind": (NOBODY, STAFF),
    "ingestion_ingestionrun_currency": (NOBODY, STAFF),
    "ingestion_ingestionrun_match": (NOBODY, STAFF),
    "ingestion_ingestionrun_move": (NOBODY, STAFF),
    "ingestion_ingestionrun_row": (VIEWER, NOBODY),
    "ingestion_ingestionrun_apply": (NOBODY, STAFF),
    "ingestion_ingestionrun_undo": (REVIEWER, REVIEWER),
    "suppliers_pricelistsource_ingest": (NOBODY, STAFF),
    "suppliers_pricelistsource_heed": (NOBODY, STAFF),
    "suppliers_pricelistsource_mapping": (NOBODY, STAFF),
    "auth_user_password_change": (ADMINISTRATOR, ADMINISTRATOR),
    "django_rq_stop_job": (NOBODY, ADMINISTRATOR),
    "django_rq_dashboard_changelist": (ADMINISTRATOR, ADMINISTRATOR),
}

# Of these the site has none: nobody who may is shown anything either.
ABSENT = {"django_rq_result_detail", "django_rq_cron_scheduler_detail", "django_rq_cron_job_detail"}

# Addresses without a name.
NAMELESS: dict[str, Least] = {
    "": (EVERYBODY, EVERYBODY),
    "favicon.ico": (EVERYBODY, EVERYBODY),
    "admin/r/<path:rest>": (NOBODY, NOBODY),
    "admin/(?P<url>.*)$": (NOBODY, NOBODY),
}

# The choices of a list, for what is ticked there. `delete_selected` follows MODELS.
ACTIONS: dict[tuple[str, str], int] = {
    ("axes_accessattempt", "unlock"): ADMINISTRATOR,
    ("auth_user", "reset_second_factor"): ADMINISTRATOR,
    ("catalog_category", "mark_reviewed"): STAFF,
    ("catalog_draftproduct", "promote"): REVIEWER,
    ("catalog_draftproduct", "archive"): REVIEWER,
    ("catalog_product", "promote"): REVIEWER,
    ("catalog_product", "archive"): REVIEWER,
    ("catalog_product", "reactivate"): REVIEWER,
    ("catalog_product", "compare"): VIEWER,
    ("catalog_closedgate", "open_again"): ADMINISTRATOR,
    ("catalog_matchingmodel", "use_chosen"): ADMINISTRATOR,
    ("catalog_matchingmodel", "use_shipped"): ADMINISTRATOR,
    ("catalog_matchproposal", "same"): REVIEWER,
    ("catalog_matchproposal", "different"): REVIEWER,
    ("catalog_matchproposal", "unsure"): REVIEWER,
    ("ingestion_heldchange", "accept_chosen"): REVIEWER,
    ("ingestion_heldchange", "reject_chosen"): REVIEWER,
    ("ingestion_ingestionrun", "run_chosen_again"): STAFF,
    ("ingestion_ingestionrun", "cancel_chosen"): STAFF,
    ("suppliers_pricelistsource", "ingest_chosen"): STAFF,
    ("suppliers_pricelistsource", "dry_run_chosen"): STAFF,
}

OF_MODEL = re.compile(r"(\w+)_(changelist|add|change|delete|history)")


def who_may(pattern: str, name: str) -> Least | None:
    """None where nobody has decided yet."""
    if name in OTHERS:
        return OTHERS[name]
    if name.startswith("django_rq_"):
        return ADMINISTRATOR, ADMINISTRATOR
    if not name:
        is_forwarding = pattern.endswith("<path:object_id>/")  # to the page of the object, whoever asks
        return NAMELESS.get(pattern, (SIGNED_IN, SIGNED_IN) if is_forwarding else None)
    found = OF_MODEL.fullmatch(name)
    if found is None or found[1] not in MODELS:
        return None
    view, add, change, delete = MODELS[found[1]]
    least = {"changelist": (view, view), "history": (view, view), "add": (add, add), "change": (view, change)}
    return least.get(found[2], (delete, delete))


def who_may_choose(model: str, action: str) -> int | None:
    return MODELS[model][3] if action == "delete_selected" else ACTIONS.get((model, action))
