"""Supplier and source of an item, and category of a product, are checked by the statement (`catalog.references`)."""

import django.db.models.deletion
from django.db import migrations, models

from catalog.references import functions, kept


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0009_review"),
        ("suppliers", "0005_shock_percent"),
    ]

    operations = [
        functions(),
        kept("catalog_supplieritem", "supplier_id", "suppliers_supplier"),
        kept("catalog_supplieritem", "source_id", "suppliers_pricelistsource"),
        kept("catalog_product", "category_id", "catalog_category"),
        migrations.AlterField(
            model_name="product",
            name="category",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="products",
                to="catalog.category",
                verbose_name="category",
            ),
        ),
        migrations.AlterField(
            model_name="supplieritem",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="items",
                to="suppliers.pricelistsource",
                verbose_name="source",
            ),
        ),
        migrations.AlterField(
            model_name="supplieritem",
            name="supplier",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="suppliers.supplier",
                verbose_name="supplier",
            ),
        ),
    ]
