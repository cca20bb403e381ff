"""The administration's pages about reports, registered here and nowhere else.

Whoever may configure may do everything (`Operator.has_perm`); the two classes that others may use say so themselves:
ReplyTemplateAdmin and ReportAdmin. Nothing that a citizen wrote and nothing that tells who somebody is has a page here:
no message, no reporter, no identity, no inbox entry.
"""

from django.contrib import admin

from reports import models
from reports.admin import configuration, places, report_list, routing

admin.site.register(models.Station, configuration.StationAdmin)
admin.site.register(models.ServiceNumber, configuration.ServiceNumberAdmin)
admin.site.register(models.Category, configuration.CategoryAdmin)
admin.site.register(models.Area, configuration.AreaAdmin)
admin.site.register(models.Landmark, places.LandmarkAdmin)
admin.site.register(models.ReplyTemplate, configuration.ReplyTemplateAdmin)
admin.site.register(models.Report, report_list.ReportAdmin)
admin.site.register(models.RoutingRule, routing.RoutingRuleAdmin)
