Option Explicit
Option Private Module
' Cells in, an answer of Python, cells out.
Private Python As Object

' What an argument holds; one that is left out is nothing.
Public Function KwArg(Optional ByRef Given As Variant) As Variant
    If IsMissing(Given) Then
        KwArg = Empty
    ElseIf TypeName(Given) = "Range" Then
        KwArg = CellsOf(Given)
    Else
        KwArg = Given
    End If
End Function

' A whole column is read as far as its sheet is used. Value2 keeps every digit of an amount in a format of
' money; where years count from 1904 only Value says which day a number is.
Private Function CellsOf(ByVal Area As Object) As Variant
    Dim Last As Long
    If Area.Areas.Count > 1 Then
        CellsOf = CVErr(xlErrValue) ' which rows of loose pieces belong together nobody knows
        Exit Function
    End If
    If Area.Rows.Count = Area.Worksheet.Rows.Count Then
        With Area.Worksheet.UsedRange
            Last = .Row + .Rows.Count - 1
        End With
        Set Area = Area.Resize(Last)
    End If
    If Area.Worksheet.Parent.Date1904 Then CellsOf = Area.Value Else CellsOf = Area.Value2
End Function

' A Python that has ended is started again, once; without Python the function is not installed: #NAME?
Public Function KwCall(ByVal Name As String, ByVal Cells As Variant) As Variant
    Dim Again As Boolean, Answer As Variant
TryAgain:
    On Error GoTo Failed
    If Python Is Nothing Then Set Python = KwServer()
    Answer = Python.CallUDF("<<package>>", Name, Cells)
    On Error GoTo 0
    KwCall = KwShown(Answer)
    Exit Function
Failed:
    Set Python = Nothing
    If Again Then
        KwCall = CVErr(xlErrName)
        Exit Function
    End If
    Again = True
    Resume TryAgain
End Function

' A table comes as rows and columns, a table of one row as a row.
Public Function KwShown(ByVal Answer As Variant) As Variant
    Dim i As Long, j As Long
    If Not IsArray(Answer) Then
        KwShown = OneShown(Answer)
        Exit Function
    End If
    If IsRow(Answer) Then
        For i = LBound(Answer) To UBound(Answer)
            Answer(i) = OneShown(Answer(i))
        Next i
    Else
        For i = LBound(Answer, 1) To UBound(Answer, 1)
            For j = LBound(Answer, 2) To UBound(Answer, 2)
                Answer(i, j) = OneShown(Answer(i, j))
            Next j
        Next i
    End If
    KwShown = Answer
End Function

Private Function IsRow(ByVal Answer As Variant) As Boolean
    Dim Last As Long
    On Error GoTo Row
    Last = UBound(Answer, 2)
    Exit Function
Row:
    IsRow = True
End Function

' Only VBA can make an error value; a cell without value shows nothing instead of 0.
Private Function OneShown(ByVal Value As Variant) As Variant
    OneShown = Value
    If IsEmpty(Value) Then
        OneShown = ""
    ElseIf VarType(Value) = vbString Then
        Select Case Value
<<errors>>
        End Select
    End If
End Function
