Option Explicit
' Once Excel is ready: while it opens add-ins there may be no workbook yet, and nothing can be described.
Private Sub Workbook_Open()
    On Error Resume Next
    Application.OnTime Now, "'" & ThisWorkbook.Name & "'!KwDescribe"
End Sub
