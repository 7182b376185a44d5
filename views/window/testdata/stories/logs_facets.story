# A value of a facet filters for itself, by keys too, and once more is taken out again.
pull incident
visit Logs
expect 355
press f Enter
expect no slow write to orders
press Enter
expect slow write to orders
expect 355
