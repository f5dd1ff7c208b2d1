Option Explicit
' What Excel itself calls: the ribbon, and the start.

Public Sub KwButton(control As IRibbonControl)
    KwPress control.Tag
End Sub

Public Sub KwDescribe()
    On Error Resume Next
<<describe>>
    ThisWorkbook.Saved = True
End Sub

Public Sub KwDescribeOne(ByVal Name As String, ByVal Description As String, ParamArray Helps() As Variant)
    Dim Texts() As String, i As Long
    On Error Resume Next
    ReDim Texts(1 To UBound(Helps) + 1)
    For i = 0 To UBound(Helps)
        Texts(i + 1) = Helps(i)
    Next i
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & Name, Description:=Description, Category:="<<category>>", ArgumentDescriptions:=Texts
End Sub
