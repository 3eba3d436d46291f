<#
.SYNOPSIS
    Runs a folder of Pester tests and writes what came of each as JSON.
#>
param(
    [string] $Pester,
    [string] $Suite,
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
Import-Module $Pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = [WildcardPattern]::Escape($Suite)
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $configuration

function Get-Message($Records) {
    ($Records | ForEach-Object { $_ | Out-String -Width 200 }) -join "`n"
}

# What goes wrong outside of a test, such as in BeforeAll or while a file is read, has no test to tell of it.
$tests = foreach ($test in $run.Tests) {
    @{ File = Split-Path -Leaf $test.ScriptBlock.File; Name = $test.ExpandedPath; Result = "$($test.Result)"; Message = Get-Message $test.ErrorRecord }
}
$blocks = foreach ($block in $run.FailedBlocks) {
    @{ File = Split-Path -Leaf $block.ScriptBlock.File; Name = "$($block.ExpandedPath) (around its tests)"; Result = 'Failed'; Message = Get-Message $block.ErrorRecord }
}
$containers = foreach ($container in $run.FailedContainers) {
    @{ File = Split-Path -Leaf $container.Item; Name = '(the file itself)'; Result = 'Failed'; Message = Get-Message $container.ErrorRecord }
}
ConvertTo-Json @{ Version = "$((Get-Module Pester).Version)"; Result = $run.Result; Tests = @($tests) + @($blocks) + @($containers) } -Depth 4 |
    Set-Content -LiteralPath $ResultPath -Encoding utf8NoBOM
exit 0
