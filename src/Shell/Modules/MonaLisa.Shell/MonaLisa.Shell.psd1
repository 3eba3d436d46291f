@{
    RootModule           = '../../monalisa.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = 'dde7cf16-504b-46f4-885a-7387fbb4a4ce'
    Author               = 'MonaLisa.PS contributors'
    CompanyName          = 'MonaLisa.PS contributors'
    Copyright            = 'MonaLisa.PS contributors, MIT licence'
    Description          = 'Small stand-ins for everyday commands that come with pwsh but not with its engine.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FunctionsToExport    = @()
    # Written out, so that the engine finds and loads this module by the name of a command without loading it first.
    CmdletsToExport      = @(
        'Format-List', 'Format-Table', 'Get-ChildItem', 'Get-Item', 'Get-Location', 'Join-Path', 'Measure-Object',
        'New-Item', 'Out-File', 'Out-String', 'Remove-Item', 'Resolve-Path', 'Select-Object', 'Set-Location',
        'Sort-Object', 'Split-Path', 'Start-Sleep', 'Test-Path', 'Write-Debug', 'Write-Error', 'Write-Host',
        'Write-Output', 'Write-Progress', 'Write-Verbose', 'Write-Warning'
    )
    VariablesToExport    = @()
    # The engine itself brings cd, dir, select, ft and the like; they lead to these commands.
    AliasesToExport      = @()
}
