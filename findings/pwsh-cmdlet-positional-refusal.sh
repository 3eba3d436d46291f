#!/usr/bin/env bash
# PowerShell 7.6.9, a compiled cmdlet whose two parameters have positions 0 and 1, the second of type object: where the type of the first
# refuses a value that was given by its position, its message is lost. The error is PositionalParameterNotFound, "A positional parameter
# cannot be found that accepts argument", and names neither the parameter nor the type. By its name, or where a function in PowerShell has
# the same parameters, the same value gives the type's own message. A module that has something to say of such a value says it in an
# ArgumentTransformationAttribute, whose message is shown.
# What is seen: for each way the first part of FullyQualifiedErrorId, and whether the message has the type's words.
# Needs the .NET 10 SDK. Fails when PowerShell behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dotnet tool install PowerShell --version 7.6.9 --tool-path "$folder/tool" >"$folder/install.log"
cat >"$folder/ask.ps1" <<'END'
Add-Type -PassThru @'
using System.Management.Automation;
public class Dozen { public static Dozen Parse(string text) => throw new System.FormatException("Give a number of dozens."); }
public class DozenAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engine, object value) => throw new ArgumentTransformationMetadataException("Give a number of dozens.");
}
[Cmdlet("Test", "Cmdlet")]
public class TestCmdlet : PSCmdlet
{
    [Parameter(Position = 0)] public Dozen Count { get; set; }
    [Parameter(Position = 1)] public object What { get; set; }
}
[Cmdlet("Test", "Attribute")]
public class TestAttribute : PSCmdlet
{
    [Parameter(Position = 0)] [Dozen] public object Count { get; set; }
    [Parameter(Position = 1)] public object What { get; set; }
}
'@ | ForEach-Object Assembly | Select-Object -First 1 | Import-Module
function Test-Function { [CmdletBinding()] param([Parameter(Position = 0)] [Dozen] $Count, [Parameter(Position = 1)] [object] $What) }
$ways = [ordered] @{
    'cmdlet, by position' = { Test-Cmdlet many eggs }
    'cmdlet, by name' = { Test-Cmdlet -Count many eggs }
    'cmdlet with an attribute, by position' = { Test-Attribute many eggs }
    'function, by position' = { Test-Function many eggs }
}
foreach ($way in $ways.Keys) {
    try { & $ways[$way] } catch {
        "${way}: $(($_.FullyQualifiedErrorId -split ',')[0]), $($_.Exception.Message -match 'dozens' ? 'with' : 'without') the type's words"
    }
}
END
"$folder/tool/pwsh" -NoProfile -File "$folder/ask.ps1" | tee "$folder/seen"
diff - "$folder/seen" <<'END'
cmdlet, by position: PositionalParameterNotFound, without the type's words
cmdlet, by name: CannotConvertArgumentNoMessage, with the type's words
cmdlet with an attribute, by position: ParameterArgumentTransformationError, with the type's words
function, by position: ParameterArgumentTransformationError, with the type's words
END
