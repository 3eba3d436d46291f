<#
.SYNOPSIS
Measures how much longer Import-Module takes for this module than for an empty one, each in new processes, by turns.
.DESCRIPTION
Run it in pwsh after `dotnet build -c Release`. The medians count: a busy machine adds to single rounds.
#>
[CmdletBinding()]
param([int] $Rounds = 15)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$module = Join-Path $PSScriptRoot '../../artifacts/release/MonaLisa.PS'
$folder = Join-Path ([IO.Path]::GetTempPath()) "monalisa-import-$PID"
try {
    $null = New-Item -ItemType Directory (Join-Path $folder 'Empty')
    Set-Content (Join-Path $folder 'Empty/Empty.psm1') ''
    New-ModuleManifest (Join-Path $folder 'Empty/Empty.psd1') -RootModule Empty.psm1
    function Measure-Import([string] $Path) {
        [double](pwsh -NoProfile -Command "(Measure-Command { Import-Module '$Path' }).TotalMilliseconds")
    }
    function Get-Median([double[]] $Values) {
        ($Values | Sort-Object)[[Math]::Floor($Values.Count / 2)]
    }
    $times = foreach ($round in 1..$Rounds) {
        [pscustomobject]@{ Empty = Measure-Import (Join-Path $folder 'Empty'); Module = Measure-Import $module }
    }
    [pscustomobject]@{
        EmptyMilliseconds = Get-Median $times.Empty
        ModuleMilliseconds = Get-Median $times.Module
        MoreMilliseconds = Get-Median ($times | ForEach-Object { $_.Module - $_.Empty })
    }
}
finally {
    Remove-Item $folder -Recurse -Force
}
