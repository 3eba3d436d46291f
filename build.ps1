#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds the module, and tests, installs or packages it on request.
.DESCRIPTION
    A front door to `dotnet build` for those who have pwsh. The build stages a complete module in
    artifacts/<configuration>/MonaLisa.PS, which Import-Module takes as it is.
.PARAMETER Configuration
    Release, which is fast, or Debug.
.PARAMETER Test
    Runs the Pester suite in tests/Pester on the staged module. The other tests run with `dotnet test -c Release`.
.PARAMETER ResultPath
    A file for the test results, in NUnit's format.
.PARAMETER Install
    Copies the staged module to the current user's module folder.
.PARAMETER Package
    Makes a package for Install-PSResource of the staged module in artifacts/package/all, as `dotnet pack src/Cmdlets` does.
.PARAMETER Runtime
    The one platform that the package is for, such as linux-x64; it lies in artifacts/package/<runtime>. By default the package is for all.
.EXAMPLE
    ./build.ps1 -Test -Install
.EXAMPLE
    ./build.ps1 -Package -Runtime win-x64
#>
[CmdletBinding()]
param(
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [switch] $Test,

    [string] $ResultPath,

    [switch] $Install,

    [switch] $Package,

    [string] $Runtime
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$staged = Join-Path $PSScriptRoot 'artifacts' $Configuration.ToLowerInvariant() 'MonaLisa.PS'

if ($Runtime -and -not $Package) {
    Write-Host '-Runtime chooses the platform of a package. Give -Package too, or leave it out.'
    exit 1
}

if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) {
    Write-Host 'The .NET 10 SDK is needed and there is no dotnet command. Install it from https://dot.net and run this again.'
    exit 1
}

# The SDK is chosen by global.json, which dotnet looks for from the current folder upwards.
Push-Location $PSScriptRoot
try {
    dotnet build src/Cmdlets/MonaLisa.PS.csproj --configuration $Configuration --nologo
    if ($LASTEXITCODE -ne 0) {
        exit $LASTEXITCODE
    }
}
finally {
    Pop-Location
}

if ($Test) {
    $pester = Get-Module Pester -ListAvailable | Where-Object Version -GE '5.9' | Sort-Object Version -Descending | Select-Object -First 1
    if (-not $pester) {
        Write-Host 'Pester 5.9 or later is needed for -Test and is not installed. Install it with: Install-PSResource Pester'
        exit 1
    }
    # A process of its own: this one could not build again with the module's assemblies loaded.
    $env:MONALISA_MODULE = $staged
    $command = {
        param($Pester, $Tests, $ResultPath)
        Import-Module $Pester
        $configuration = New-PesterConfiguration
        $configuration.Run.Path = $Tests
        $configuration.Run.PassThru = $true
        $configuration.Output.Verbosity = 'Normal'
        if ($ResultPath) {
            $configuration.TestResult.Enabled = $true
            $configuration.TestResult.OutputFormat = 'NUnitXml'
            $configuration.TestResult.OutputPath = $ResultPath
        }
        $result = Invoke-Pester -Configuration $configuration
        exit [int]($result.Result -ne 'Passed' -or $result.TotalCount -eq 0)
    }
    # PowerShell as a .NET tool is a program of dotnet's.
    $pwsh = [Environment]::ProcessPath
    $program = @(if ((Split-Path $pwsh -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
    & $pwsh @program -NoProfile -NonInteractive -Command $command -args $pester.Path, (Join-Path $PSScriptRoot 'tests' 'Pester'), $ResultPath
    if ($LASTEXITCODE -ne 0) {
        exit $LASTEXITCODE
    }
}

if ($Install) {
    $modules = if ($IsWindows) {
        Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'PowerShell' 'Modules'
    }
    else {
        $data = if ($env:XDG_DATA_HOME) { $env:XDG_DATA_HOME } else { Join-Path $HOME '.local' 'share' }
        Join-Path $data 'powershell' 'Modules'
    }
    $version = (Import-PowerShellDataFile (Join-Path $staged 'MonaLisa.PS.psd1')).ModuleVersion
    $target = Join-Path $modules 'MonaLisa.PS' $version
    if (Test-Path -LiteralPath $target) {
        Remove-Item -LiteralPath $target -Recurse -Force
    }
    $null = New-Item -ItemType Directory -Path $target -Force
    Copy-Item -Path (Join-Path ([WildcardPattern]::Escape($staged)) '*') -Destination $target -Recurse
    Write-Host "Installed MonaLisa.PS $version in $target"
    if ($modules -notin ($env:PSModulePath -split [IO.Path]::PathSeparator)) {
        Write-Host "$modules is not in `$env:PSModulePath; import the module by its path: Import-Module '$target'"
    }
}

if ($Package) {
    Push-Location $PSScriptRoot
    try {
        dotnet pack src/Cmdlets/MonaLisa.PS.csproj --configuration $Configuration --no-build --nologo "-p:ModuleRuntime=$Runtime"
        if ($LASTEXITCODE -ne 0) {
            exit $LASTEXITCODE
        }
    }
    finally {
        Pop-Location
    }
    $folder = Join-Path $PSScriptRoot 'artifacts' 'package' ($Runtime ? $Runtime : 'all')
    Write-Host "Install it from there: Register-PSResourceRepository MonaLisa '$folder' -Trusted"
    Write-Host '                       Install-PSResource MonaLisa.PS -Repository MonaLisa'
}
