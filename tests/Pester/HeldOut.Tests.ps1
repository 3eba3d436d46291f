BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    Set-StrictMode -Version Latest
}

Describe 'Pixels that the network is not shown' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'held-out'
        $null = New-Item -ItemType Directory $folder
        Push-Location -LiteralPath $folder
        New-TestPicture (Join-Path $folder 'a.png') -Width 20 -Height 10
        New-TestPicture (Join-Path $folder 'mask.png') -Width 20 -Height 10 -BlackColumns 10
        New-MlpNetwork 8 -OutputCount 1 | Export-GeneratedImage mono.png -Width 16 -Height 12
    }

    AfterAll {
        Pop-Location
    }

    It '<Pattern> holds <HeldOut> of 200 pixels out' -ForEach @(
        @{ Pattern = 'Random'; Fraction = 0.25; HeldOut = 50 }
        @{ Pattern = 'Grid'; Fraction = 0.75; HeldOut = 150 }
        @{ Pattern = 'Block'; Fraction = 0.25; HeldOut = 50 }
    ) {
        $dataset = New-PixelDataset a.png -HoldOut $Fraction -HoldOutPattern $Pattern
        $dataset.HeldOutPixelCount | Should -Be $HeldOut
        $dataset.TrainingPixelCount | Should -Be (200 - $HeldOut)
    }

    It 'holds out what is black in a mask' {
        (New-PixelDataset a.png -Mask mask.png).HeldOutPixelCount | Should -Be 100
        (New-PixelDataset a.png -Mask mask.png -HoldOut 0.5).TrainingPixelCount | Should -Be 50
    }

    It 'gives figures for either set' {
        $run = New-PixelDataset a.png -HoldOut 0.5 | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2 -MeasureEachEpoch
        $run.HeldOutPsnr | Should -BeGreaterThan 0
        $run.History[-1].HeldOutPsnr | Should -Be $run.HeldOutPsnr
        $quality = $run | Measure-GeneratedImage
        $quality.Pixels | Should -Be 'Training', 'HeldOut'
        [Math]::Abs($quality[1].Psnr - $run.HeldOutPsnr) | Should -BeLessThan 0.01
        $run | Format-List | Out-String | Should -Match 'HeldOutPsnr\s*:'
    }

    It 'refuses the mask <Mask> as <Id>' -ForEach @(
        @{ Mask = 'missing.png'; Id = 'NotFound' }
        @{ Mask = '.'; Id = 'IsFolder' }
        @{ Mask = 'other.png'; Id = 'MaskSizeMismatch' }
    ) {
        New-TestPicture (Join-Path $folder 'other.png') -Width 4
        $null = New-PixelDataset a.png -Mask $Mask -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -Be "$Id,MonaLisa.PowerShell.NewPixelDatasetCommand"
    }

    It 'refuses a share of <_>' -ForEach 0, 1, -1 {
        { New-PixelDataset a.png -HoldOut $_ } | Should -Throw -ErrorId 'InvalidOption,*'
    }

    It 'learns a grey picture with one output and paints it grey' {
        $run = New-PixelDataset mono.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1
        $run.Network.Shape | Should -Be '2-8-1'
        $run | Export-GeneratedImage grey.png -Force
        (New-PixelDataset grey.png).Channels | Should -Be 1
    }

    It 'refuses a network whose outputs do not fit' {
        $null = New-PixelDataset a.png | Invoke-MlpTraining -Network (New-MlpNetwork 8 -OutputCount 4) -Epoch 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -Be 'OutputMismatch,MonaLisa.PowerShell.InvokeMlpTrainingCommand'
    }
}
