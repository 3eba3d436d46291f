<#
Tests of Paintings.psm1, with Pester 5 or 6: Invoke-Pester ./examples/testing
docs/testing.md explains what they use.
#>

BeforeAll {
    if (-not (Get-Module MonaLisa.PS)) {
        Import-Module MonaLisa.PS
    }
    Import-Module (Join-Path $PSScriptRoot 'Paintings.psm1') -Force
    $sample = Join-Path (Get-Module MonaLisa.PS).ModuleBase 'samples' 'mona-lisa.png'
}

Describe 'A sketch' {
    BeforeAll {
        $sketch = Get-Sketch $sample
    }

    It 'is good enough' {
        $sketch | Should -HavePsnr -AtLeast 25 -Because 'a face must be seen'
    }

    # The same seed gives the same picture. On another kind of processor the last digits may differ, and 35 dB leaves room for them.
    It 'looks as it did when someone looked at it' {
        $sketch | Should -LookLike (Join-Path $PSScriptRoot 'golden' 'sketch.png') -Psnr 35
    }

    It 'is no other picture' {
        New-MlpNetwork -HiddenLayer 2x32 -Seed 1 | Should -Not -LookLike (Join-Path $PSScriptRoot 'golden' 'sketch.png') -Psnr 20
    }
}

# Nothing is trained here: the commands are replaced, and the test sees what they would have been given.
Describe 'New-Painting' {
    BeforeAll {
        Mock Invoke-MlpTraining -ModuleName Paintings { }
        Mock New-PixelDataset -ModuleName Paintings { [MonaLisa.Engine.PixelDataset]::new('mocked', 2, 2, [byte[]]::new(12)) }
    }

    It 'makes drafts, which take 20 seconds at most' {
        New-Painting $sample -Destination (Join-Path $TestDrive 'out')
        Should -Invoke Invoke-MlpTraining -ModuleName Paintings -Times 1 -Exactly -ParameterFilter { $Quality -eq 'Draft' -and $MaxTime -eq 20 }
        Should -Invoke New-PixelDataset -ModuleName Paintings -Times 1 -Exactly -ParameterFilter { $MaxSize -eq 512 -and $LiteralPath -eq $sample }
    }

    It 'takes its time with -Final' {
        Get-Item $sample | New-Painting -Destination (Join-Path $TestDrive 'out') -Final
        Should -Invoke Invoke-MlpTraining -ModuleName Paintings -Times 1 -Exactly -ParameterFilter { $Quality -eq 'High' -and $MaxTime -eq '10m' }
        Should -Invoke New-PixelDataset -ModuleName Paintings -Times 1 -Exactly -ParameterFilter { $MaxSize -eq '2k' }
    }
}
