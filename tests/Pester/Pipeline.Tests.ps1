BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    $modulePath = Get-ModuleUnderTest
    Import-Module $modulePath
    Set-StrictMode -Version Latest
}

Describe 'From a picture to a painting' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        Push-Location -LiteralPath $folder
        New-TestPicture (Join-Path $folder 'a.png')
    }

    AfterEach {
        Pop-Location
    }

    It 'learns and paints in one pipeline' {
        $file = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 16 -Epoch 2 | Export-GeneratedImage painted.png -Scale 2 -PassThru
        $file | Should -BeOfType System.IO.FileInfo
        (New-PixelDataset painted.png).Width | Should -Be 32
    }

    It 'takes what Get-ChildItem gives, whatever the names' {
        New-TestPicture (Join-Path $folder 'odd [1] name.png')
        $names = Get-ChildItem *.png | New-PixelDataset | Sort-Object Name | ForEach-Object Name
        $names | Should -Be 'a', 'odd [1] name'
        (Get-Item -LiteralPath 'odd [1] name.png' | New-PixelDataset).Name | Should -Be 'odd [1] name'
    }

    It 'takes paths as strings, with wildcards and letter by letter' {
        New-TestPicture (Join-Path $folder 'b[1].png')
        ('*.png' | New-PixelDataset).Count | Should -Be 2
        (New-PixelDataset -LiteralPath 'b[1].png').Name | Should -Be 'b[1]'
        (New-PixelDataset 'b`[1`].png').Name | Should -Be 'b[1]'
    }

    It 'paints many pictures into a folder' {
        New-TestPicture (Join-Path $folder 'b.png') -Width 8
        Get-ChildItem *.png | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 | Export-GeneratedImage -Scale 4 -Destination ./out
        (Get-ChildItem out).Name | Sort-Object | Should -Be 'a-painted.png', 'b-painted.png'
    }

    It 'paints a region of each picture' {
        New-TestPicture (Join-Path $folder 'b.png')
        Get-ChildItem *.png | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 |
            Export-GeneratedImage -Region 2, 1, 6, 4 -Scale 3 -Destination ./out
        foreach ($picture in Get-ChildItem out/*.png | New-PixelDataset) {
            $picture.Width, $picture.Height | Should -Be 18, 12
        }
        (Get-ChildItem out).Count | Should -Be 2
    }

    It 'measures a run and a file' {
        $run = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 16 -Epoch 3
        ($run | Measure-GeneratedImage).Psnr | Should -BeGreaterThan 0
        $run | Export-GeneratedImage painted.png
        [Math]::Abs((Get-Item painted.png | Measure-GeneratedImage -Reference a.png).Psnr - $run.Psnr) | Should -BeLessThan 0.1
    }

    It 'stops by <Reason>' -ForEach @(
        @{ Reason = 'Epoch'; Options = @{ Epoch = 1 } }
        @{ Reason = 'MaxTime'; Options = @{ MaxTime = 0.05 } }
        @{ Reason = 'TargetPsnr'; Options = @{ TargetPsnr = 0.5; MaxTime = 60 } }
    ) {
        (New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 @Options).StopReason | Should -Be $Reason
    }

    It 'gives the same weights with one and two threads' {
        $runs = 1, 2 | ForEach-Object { New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 16, 16 -BatchSize 64 -Epoch 2 -ThreadCount $_ }
        foreach ($layer in 0..2) {
            [Linq.Enumerable]::SequenceEqual($runs[0].Network.Layers[$layer].Weights, $runs[1].Network.Layers[$layer].Weights) | Should -BeTrue
        }
    }

    It 'works in ForEach-Object -Parallel' {
        $dataset = New-PixelDataset a.png
        $seeds = 1..4 | ForEach-Object -ThrottleLimit 2 -Parallel {
            Import-Module $using:modulePath
            ($using:dataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -Seed $_).Seed
        }
        $seeds | Sort-Object | Should -Be (1..4)
    }

    It 'ends the training of the rest when the consumer has enough' {
        $runs = @('a.png', 'a.png' | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 | Select-Object -First 1)
        $runs.Count | Should -Be 1
    }

    It 'says under -Verbose what it does' {
        $text = (New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -Verbose 4>&1 | Out-String)
        $text | Should -Match '2-8-3 Sine'
        $text | Should -Match 'Epoch 1:'
        $text | Should -Match 'Stopped by Epoch'
    }

    It 'makes a network of each kind' {
        (New-MlpNetwork 8, 4).Shape | Should -Be '2-8-4-3'
        (New-MlpNetwork -Depth 3 -ParameterBudget 10000).ParameterCount | Should -BeLessOrEqual 10000
        (New-MlpNetwork -Preset MonaLisa2012).HiddenLayers | Should -Be (, 300 * 6)
    }
}
