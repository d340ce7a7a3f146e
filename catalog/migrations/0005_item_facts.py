"""A price has a basis, and what buyers compare by has columns of its own; what compares prices goes by the price of one."""

import catalog.facts
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.expressions
import django.db.models.functions.text
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_code_keys'),
        ('suppliers', '0002_asked_once'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='supplieritem',
            name='supplier_item_by_price',
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='barcode',
            field=models.CharField(blank=True, help_text='14 digits: GTIN, EAN, UPC or ISBN.', max_length=14, null=True, validators=[catalog.facts.barcode], verbose_name='barcode'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='brand',
            field=models.CharField(blank=True, max_length=100, null=True, verbose_name='brand'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='country',
            field=models.CharField(blank=True, max_length=2, null=True, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Two capital letters, such as DE.')], verbose_name='country of origin'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='lead_time',
            field=models.PositiveIntegerField(blank=True, help_text='In days.', null=True, validators=[django.core.validators.MaxValueValidator(3650)], verbose_name='lead time'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='link',
            field=models.CharField(blank=True, max_length=2000, null=True, validators=[django.core.validators.RegexValidator('^https?://\\S+\\Z', 'An address begins with http:// or https:// and has no blanks.')], verbose_name='link'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='minimum_order',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'))], verbose_name='minimum order'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='mpn',
            field=models.CharField(blank=True, max_length=100, null=True, verbose_name="manufacturer's part number"),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='order_multiple',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'))], verbose_name='order multiple'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='pack_size',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'))], verbose_name='pack size'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='per_quantity',
            field=models.PositiveIntegerField(db_default=1, default=1, help_text='How many.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='price is for'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='picture',
            field=models.CharField(blank=True, max_length=2000, null=True, validators=[django.core.validators.RegexValidator('^https?://\\S+\\Z', 'An address begins with http:// or https:// and has no blanks.')], verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='price_breaks',
            field=models.JSONField(blank=True, help_text="The price from a quantity on, in the item's currency and for as many as its price.", null=True, validators=[catalog.facts.price_breaks], verbose_name='price breaks'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='tax_included',
            field=models.BooleanField(blank=True, null=True, verbose_name='price includes tax'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='tax_rate',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='In per cent.', max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='tax rate'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='unit',
            field=models.CharField(blank=True, max_length=20, null=True, verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='historicalsupplieritem',
            name='weight',
            field=models.DecimalField(blank=True, decimal_places=6, help_text='In kilograms.', max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='weight'),
        ),
        migrations.AddField(
            model_name='pricehistory',
            name='per_quantity',
            field=models.PositiveIntegerField(db_default=1, default=1, help_text='How many.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='price is for'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='barcode',
            field=models.CharField(blank=True, help_text='14 digits: GTIN, EAN, UPC or ISBN.', max_length=14, null=True, validators=[catalog.facts.barcode], verbose_name='barcode'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='brand',
            field=models.CharField(blank=True, max_length=100, null=True, verbose_name='brand'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='country',
            field=models.CharField(blank=True, max_length=2, null=True, validators=[django.core.validators.RegexValidator('^[A-Z]{2}$', 'Two capital letters, such as DE.')], verbose_name='country of origin'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='lead_time',
            field=models.PositiveIntegerField(blank=True, help_text='In days.', null=True, validators=[django.core.validators.MaxValueValidator(3650)], verbose_name='lead time'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='link',
            field=models.CharField(blank=True, max_length=2000, null=True, validators=[django.core.validators.RegexValidator('^https?://\\S+\\Z', 'An address begins with http:// or https:// and has no blanks.')], verbose_name='link'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='minimum_order',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'))], verbose_name='minimum order'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='mpn',
            field=models.CharField(blank=True, max_length=100, null=True, verbose_name="manufacturer's part number"),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='order_multiple',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'))], verbose_name='order multiple'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='pack_size',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'))], verbose_name='pack size'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='per_quantity',
            field=models.PositiveIntegerField(db_default=1, default=1, help_text='How many.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='price is for'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='picture',
            field=models.CharField(blank=True, max_length=2000, null=True, validators=[django.core.validators.RegexValidator('^https?://\\S+\\Z', 'An address begins with http:// or https:// and has no blanks.')], verbose_name='picture'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='price_breaks',
            field=models.JSONField(blank=True, help_text="The price from a quantity on, in the item's currency and for as many as its price.", null=True, validators=[catalog.facts.price_breaks], verbose_name='price breaks'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='tax_included',
            field=models.BooleanField(blank=True, null=True, verbose_name='price includes tax'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='tax_rate',
            field=models.DecimalField(blank=True, decimal_places=2, help_text='In per cent.', max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='tax rate'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='unit',
            field=models.CharField(blank=True, max_length=20, null=True, verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='weight',
            field=models.DecimalField(blank=True, decimal_places=6, help_text='In kilograms.', max_digits=14, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='weight'),
        ),
        migrations.AlterField(
            model_name='product',
            name='lowest_price',
            field=models.DecimalField(blank=True, decimal_places=8, editable=False, help_text="The lowest current price of one among the listed items of its suppliers, in the product's currency and without tax.", max_digits=20, null=True, verbose_name='lowest supplier price'),
        ),
        migrations.AddField(
            model_name='supplieritem',
            name='unit_price',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(per_quantity__gt=1, then=django.db.models.expressions.CombinedExpression(models.F('current_price'), '/', models.F('per_quantity'))), default=models.F('current_price')), output_field=models.DecimalField(decimal_places=8, max_digits=20, verbose_name='price of one')),
        ),
        migrations.AddIndex(
            model_name='supplieritem',
            index=models.Index(fields=['unit_price'], name='supplier_item_by_unit_price'),
        ),
        migrations.AddIndex(
            model_name='supplieritem',
            index=models.Index(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('brand'), name='text_pattern_ops'), condition=models.Q(('brand__isnull', False)), name='supplier_item_by_brand'),
        ),
        migrations.AddIndex(
            model_name='supplieritem',
            index=models.Index(condition=models.Q(('barcode__isnull', False)), fields=['barcode'], name='supplier_item_by_barcode'),
        ),
        migrations.AddIndex(
            model_name='supplieritem',
            index=models.Index(condition=models.Q(('country__isnull', False)), fields=['country', 'id'], name='supplier_item_by_country'),
        ),
        migrations.AddConstraint(
            model_name='pricehistory',
            constraint=models.CheckConstraint(condition=models.Q(('per_quantity__gte', 1)), name='price_history_is_for_some'),
        ),
        migrations.AddConstraint(
            model_name='supplieritem',
            constraint=models.CheckConstraint(condition=models.Q(('per_quantity__gte', 1)), name='supplier_item_price_is_for_some'),
        ),
        migrations.AddConstraint(
            model_name='supplieritem',
            constraint=models.CheckConstraint(condition=models.Q(('barcode__isnull', True), ('barcode__regex', '^[0-9]{14}$'), _connector='OR'), name='supplier_item_barcode_has_14_digits'),
        ),
        migrations.AddConstraint(
            model_name='supplieritem',
            constraint=models.CheckConstraint(condition=models.Q(('pack_size__isnull', True), ('pack_size__gt', 0), _connector='OR'), name='supplier_item_pack_size_positive'),
        ),
        migrations.AddConstraint(
            model_name='supplieritem',
            constraint=models.CheckConstraint(condition=models.Q(('minimum_order__isnull', True), ('minimum_order__gt', 0), _connector='OR'), name='supplier_item_minimum_order_positive'),
        ),
        migrations.AddConstraint(
            model_name='supplieritem',
            constraint=models.CheckConstraint(condition=models.Q(('order_multiple__isnull', True), ('order_multiple__gt', 0), _connector='OR'), name='supplier_item_order_multiple_positive'),
        ),
        migrations.AddConstraint(
            model_name='supplieritem',
            constraint=models.CheckConstraint(condition=models.Q(('tax_rate__isnull', True), models.Q(('tax_rate__gte', 0), ('tax_rate__lte', 100)), _connector='OR'), name='supplier_item_tax_rate_in_per_cent'),
        ),
        migrations.AddConstraint(
            model_name='supplieritem',
            constraint=models.CheckConstraint(condition=models.Q(('country__isnull', True), ('country__regex', '^[A-Z]{2}$'), _connector='OR'), name='supplier_item_country_is_iso'),
        ),
        migrations.AddConstraint(
            model_name='supplieritem',
            constraint=models.CheckConstraint(condition=models.Q(('weight__isnull', True), ('weight__gte', 0), _connector='OR'), name='supplier_item_weight_not_negative'),
        ),
    ]
