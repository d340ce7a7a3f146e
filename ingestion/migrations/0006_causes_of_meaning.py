
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ingestion', '0005_takes_force_later'),
    ]

    operations = [
        migrations.AlterField(
            model_name='change',
            name='cause',
            field=models.CharField(blank=True, choices=[('', 'unknown'), ('decimal_sign', 'ten, hundred or thousand times: a decimal sign'), ('vat', 'with or without VAT'), ('exchange_rate', 'an exchange rate'), ('pack_size', 'the price of a pack, or of one piece'), ('swapped', 'two price columns swapped'), ('currency', 'another currency'), ('other_item', 'the code means another item now: unlike name, unlike price'), ('basis', 'the price is for another quantity now'), ('tax_side', 'the price is on the other side of tax now'), ('breaks', 'the price breaks are others now'), ('later_run', 'a later run changed it'), ('person', 'a person changed it'), ('draft_touched', 'somebody has worked on its product'), ('gone', 'it was deleted'), ('taken', 'its code belongs to another item by now')], default='', max_length=15, verbose_name='likely cause'),
        ),
    ]
