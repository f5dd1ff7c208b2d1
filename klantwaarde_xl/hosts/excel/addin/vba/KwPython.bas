Option Explicit
Option Private Module
' The only door to Python: the DLL and the COM server of xlwings, started in a way of our own. It names
' no workbook, so that one Python serves all of them. Whatever can be missing is looked at first, because
' the DLL itself waits two minutes for a server that never comes. -P: a file in the folder where Excel stands,
' often Documents, is no module.

#If Win64 Then
Private Const DLL As String = "<<dll64>>"
Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "<<dll64>>" (ByRef Found As Variant, Optional ByVal Config As String = "", Optional ByVal Mode As Long = 1) As Long
#Else
Private Const DLL As String = "<<dll32>>"
Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "<<dll32>>" (ByRef Found As Variant, Optional ByVal Config As String = "", Optional ByVal Mode As Long = 1) As Long
#End If
Private Declare PtrSafe Function LoadLibraryW Lib "kernel32" (ByVal Path As LongPtr) As LongPtr
Private Declare PtrSafe Function GetFileAttributesW Lib "kernel32" (ByVal Path As LongPtr) As Long

Private Const PATIENCE As Double = 30 ' seconds in which a failure is not tried again: a sheet has many cells
Private Const REPAIR As String = "Oplossing: dubbelklik op Installeer in de map Klantwaarde XL, of typ klantwaarde installeer --excel; start Excel daarna opnieuw."
Private Fault As String
Private FailedAt As Double

Public Function KwServer() As Object
    Dim Path As String, Found As Variant
    If Fault <> "" Then
        If Timer >= FailedAt And Timer < FailedAt + PATIENCE Then Err.Raise 1000, , Fault
    End If
    Fault = ""
    Path = GetSetting("<<app>>", "<<section>>", "<<name>>", "")
    If Path = "" Then
        Fail "Klantwaarde XL weet niet waar zijn Python staat." & vbLf & REPAIR
    ElseIf GetFileAttributesW(StrPtr(Path)) = -1 Then
        Fail "De Python van Klantwaarde XL staat er niet meer." & vbLf & "Waar: " & Path & vbLf & REPAIR
    ElseIf Not HasLibrary(Path) Then
        Fail "Naast deze Python ontbreekt xlwings (" & DLL & ")." & vbLf & "Waar: " & Path & vbLf & REPAIR
    ElseIf 0 <> XLPyDLLActivateAuto(Found, """" & Path & """ -P -c ""import xlwings;xlwings.serve('$(CLSID)')""", 1) Then
        Fail "De Python van Klantwaarde XL start niet: " & Found & vbLf & "Waar: " & Path & vbLf & REPAIR
    End If
    Set KwServer = Found
End Function

' Beside Python itself, or in the folder above: where pip puts it in a venv.
Private Function HasLibrary(ByVal Path As String) As Boolean
    Dim Folder As String
    Folder = Left(Path, InStrRev(Path, "\"))
    HasLibrary = LoadLibraryW(StrPtr(Folder & DLL)) <> 0
    If Not HasLibrary Then HasLibrary = LoadLibraryW(StrPtr(Folder & "..\" & DLL)) <> 0
End Function

Private Sub Fail(ByVal What As String)
    Fault = What
    FailedAt = Timer
    Err.Raise 1000, , Fault
End Sub

' A button of the ribbon: what it does stands in Python, which tells the user itself how that went.
Public Sub KwPress(ByVal Action As String)
    Dim Server As Object, Book As Object
    On Error GoTo Failed
    Fault = ""
    Set Server = KwServer()
    If ActiveWorkbook Is Nothing Then Set Book = ThisWorkbook Else Set Book = ActiveWorkbook
    Server.SetAttr Server.Module("xlwings._xlwindows"), "BOOK_CALLER", Book
    Server.CallUDF "<<package>>.ribbon", "press", Array(Action)
    Exit Sub
Failed:
    MsgBox Err.Description, vbExclamation, "<<app>>"
End Sub
