-- Items that the undoing has given the product that they had before.
SELECT item_id FROM undoing WHERE deed = 'revert' AND obstacle IS NULL AND old ? 'product_id'
