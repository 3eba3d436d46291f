<#
.SYNOPSIS
    A process for chaos.ps1: it has the module, a picture and a run, carries out the commands that it is given, and says what came of each.
#>
param(
    [Parameter(Mandatory)] [string] $Picture
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$data = New-PixelDataset $Picture -MaxSize 48
$run = $data | Invoke-MlpTraining -HiddenLayer 12, 12 -Epoch 3
$null = $run, $data
[Console]::Out.WriteLine('ready')
while ($null -ne ($line = [Console]::In.ReadLine())) {
    $task = $line | ConvertFrom-Json
    $problems = [Collections.Generic.List[object]]::new()
    $warnings = @()
    Set-Location -LiteralPath $task.Folder
    $Error.Clear()
    $ErrorActionPreference = 'Continue'
    [Console]::Out.WriteLine('begins')
    try {
        $null = . ([scriptblock]::Create($task.Script)) 2>$null 3>&1 | ForEach-Object {
            if ($_ -is [Management.Automation.WarningRecord]) { $warnings += "$_" }
        }
    }
    catch {
        # It is the first in $Error.
    }
    foreach ($record in $Error) {
        $problems.Add(@{
            Id = ($record.FullyQualifiedErrorId -split ',')[0]; Message = "$record"; Type = $record.Exception.GetType().FullName
            Category = "$($record.CategoryInfo.Category)"
        })
    }
    $ErrorActionPreference = 'Stop'
    Set-Location -LiteralPath $PSScriptRoot
    [Console]::Out.WriteLine((@{ Problems = $problems; Warnings = $warnings } | ConvertTo-Json -Compress -Depth 4))
}
