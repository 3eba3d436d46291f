BeforeDiscovery {
    # As part of this run, so that the example needs no process of its own.
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
}

. (Join-Path $PSScriptRoot '..' '..' 'examples' 'testing' 'Paintings.Tests.ps1')
