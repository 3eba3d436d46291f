<#
Pictures and paths for the suite. It needs no other software: the other tests' writer of PNG files is compiled here.
#>

Add-Type -Path (Join-Path $PSScriptRoot '..' 'Engine.Tests' 'Support' 'PngFile.cs')

function Get-ModuleUnderTest {
    # $env:MONALISA_MODULE names the module to test; otherwise the newest that the build staged is taken.
    if ($env:MONALISA_MODULE) {
        return $env:MONALISA_MODULE
    }
    $artifacts = Join-Path $PSScriptRoot '..' '..' 'artifacts'
    $manifests = @(Get-ChildItem (Join-Path $artifacts '*' 'MonaLisa.PS' 'MonaLisa.PS.psd1') -ErrorAction Ignore)
    if ($manifests.Count -eq 0) {
        throw 'There is no module to test. Run build.ps1 first, or name a module folder in $env:MONALISA_MODULE.'
    }
    ($manifests | Sort-Object { (Get-Item (Join-Path $_.DirectoryName 'MonaLisa.PS.dll')).LastWriteTimeUtc } | Select-Object -Last 1).DirectoryName
}

function Get-ThisPowerShell {
    # The words that start the PowerShell that runs this: as a .NET tool it is a program of dotnet's.
    $process = [Environment]::ProcessPath
    $process
    if ((Split-Path $process -LeafBase) -eq 'dotnet') {
        Join-Path $PSHOME 'pwsh.dll'
    }
}

function New-TestPicture {
    # A gradient, or white but for the first columns; the size in the header may be a lie.
    param([string] $Path, [int] $Width = 16, [int] $Height = 16, [int] $ClaimedSide = 0, [int] $BlackColumns = 0)
    [byte[]] $bytes = if ($ClaimedSide) {
        [MonaLisa.Engine.Tests.PngFile]::Announcing($ClaimedSide, $ClaimedSide)
    }
    elseif ($BlackColumns) {
        [byte[]] $rows = for ($i = 0; $i -lt $Width * $Height; $i++) { , ($i % $Width -lt $BlackColumns ? 0 : 255) * 3 }
        [MonaLisa.Engine.Tests.PngFile]::Encode($Width, $Height, 8, [MonaLisa.Engine.Tests.PngFile]::Rgb, $rows)
    }
    else {
        [MonaLisa.Engine.Tests.PngFile]::Gradient($Width, $Height, 128)
    }
    [IO.File]::WriteAllBytes($Path, $bytes)
}

Export-ModuleMember -Function Get-ModuleUnderTest, Get-ThisPowerShell, New-TestPicture
