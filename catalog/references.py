"""References that the database checks by the statement, not by the row.

A native foreign key looks at every row by itself: that was a third of a first load, for a hundred thousand rows that
name the same supplier. Here each statement looks up, and locks, every row that it names once. Migrations use `kept`; in
the model, the column is a foreign key with `db_constraint=False`.

What holds is what a native key holds in READ COMMITTED, which Django uses: nothing names a row that is not there, and a
row that something names cannot go, whoever comes first and however it is written. Within one transaction, what names a
row comes after it, but may go after it.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

# A named row is locked as by a native key: who deletes it waits for this transaction; who names what another
# transaction deletes waits for that one, and then finds nothing.
FUNCTIONS = """
CREATE FUNCTION reference_is_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE missing text;
BEGIN
    EXECUTE format(
        'WITH named AS (SELECT DISTINCT %1$I AS id FROM written WHERE %1$I IS NOT NULL),
            locked AS (SELECT t.id FROM %2$I.%3$I t WHERE t.id IN (SELECT id FROM named) FOR KEY SHARE OF t)
        SELECT n.id FROM named n LEFT JOIN locked l ON l.id = n.id WHERE l.id IS NULL LIMIT 1',
        TG_ARGV[0], TG_TABLE_SCHEMA, TG_ARGV[1]
    ) INTO missing;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION '% of % names row % of %, which is not there.', TG_ARGV[0], TG_TABLE_NAME, missing, TG_ARGV[1]
            USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME, COLUMN = TG_ARGV[0];
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION reference_is_not_needed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE needed boolean;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM %I.%I WHERE %I IS NOT NULL)', TG_TABLE_SCHEMA, TG_ARGV[0], TG_ARGV[1]
        ) INTO needed;
    ELSE
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM %1$I.%3$I WHERE %4$I = $1)
                AND NOT EXISTS (SELECT FROM %1$I.%2$I WHERE id = $1)',
            TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[1]
        ) INTO needed USING OLD.id;
    END IF;
    IF needed THEN
        RAISE EXCEPTION '% of % names a row of % that is to go.', TG_ARGV[1], TG_ARGV[0], TG_TABLE_NAME
            USING ERRCODE = 'foreign_key_violation', TABLE = TG_ARGV[0], COLUMN = TG_ARGV[1];
    END IF;
    RETURN NULL;
END $$;
"""
NO_FUNCTIONS = "DROP FUNCTION reference_is_there(); DROP FUNCTION reference_is_not_needed()"

TRIGGERS = """
CREATE TRIGGER {column}_inserted AFTER INSERT ON {table} REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION reference_is_there('{column}', '{target}');
CREATE TRIGGER {column}_updated AFTER UPDATE ON {table} REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION reference_is_there('{column}', '{target}');
CREATE CONSTRAINT TRIGGER {table}_{column} AFTER DELETE OR UPDATE OF id ON {target} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION reference_is_not_needed('{table}', '{column}');
CREATE TRIGGER {table}_{column}_all AFTER TRUNCATE ON {target}
    FOR EACH STATEMENT EXECUTE FUNCTION reference_is_not_needed('{table}', '{column}');
"""
NO_TRIGGERS = """
DROP TRIGGER {table}_{column}_all ON {target};
DROP TRIGGER {table}_{column} ON {target};
DROP TRIGGER {column}_updated ON {table};
DROP TRIGGER {column}_inserted ON {table};
"""


def functions() -> RunSQL:
    return RunSQL(FUNCTIONS, NO_FUNCTIONS)


def kept(table: str, column: str, target: str) -> RunSQL:
    """`column` of a table names rows of another one, by their id."""
    names = {"table": table, "column": column, "target": target}
    return RunSQL(TRIGGERS.format(**names), NO_TRIGGERS.format(**names))
