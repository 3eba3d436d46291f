BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    Set-StrictMode -Version Latest
    Push-Location -LiteralPath $TestDrive
    New-MlpNetwork -HiddenLayer 16, 16 -Seed 3 | Export-GeneratedImage ./a.png -Width 80 -Height 60
    $picture = New-PixelDataset ./a.png
    $run = $picture | Invoke-MlpTraining -Encoding Latent -Epoch 6
}

AfterAll {
    Pop-Location
}

Describe 'A picture as latents' {
    It 'is a run like any other, with the bits that its file takes' {
        $run.Encoding | Should -Be 'Latent'
        $run.Epochs | Should -Be 6
        $run.Psnr | Should -BeGreaterThan 30
        $run.BitsPerPixel | Should -BeGreaterThan 0
        $run.History[-1].BitsPerPixel | Should -BeGreaterThan 0
    }

    It 'is in a file of so many bytes, and is painted from it as it was' {
        $file = $run | Export-MlpModel ./a.mlpz -PassThru
        $file.Length * 8 / 4800 | Should -Be $run.BitsPerPixel
        $file.PsnrLost | Should -Be 0
        $run | Export-GeneratedImage ./before.png
        Import-MlpModel ./a.mlpz | Export-GeneratedImage ./after.png
        (Get-FileHash ./after.png).Hash | Should -Be (Get-FileHash ./before.png).Hash
        $measured = Import-MlpModel ./a.mlpz | Measure-GeneratedImage -Reference $picture
        $measured.Psnr | Should -Be $run.Psnr
        $measured.BitsPerPixel | Should -Be $run.BitsPerPixel
    }

    It 'can be painted larger, and a part of it' {
        $run | Export-GeneratedImage ./large.png -Scale 2
        (New-PixelDataset ./large.png).Width | Should -Be 160
        $run | Export-GeneratedImage ./part.png -Region 10, 10, 20, 15 -Scale 1
        $run | Export-GeneratedImage ./whole.png
        $part = New-PixelDataset ./part.png
        $part.Height | Should -Be 15
        "$($part.GetPixel(3, 4))" | Should -Be "$((New-PixelDataset ./whole.png).GetPixel(13, 14))"
    }

    It 'leaves out what a mask hides, and measures it' {
        New-TestPicture (Join-Path $TestDrive mask.png) -Width 80 -Height 60 -BlackColumns 40
        $masked = New-PixelDataset ./a.png -Mask ./mask.png | Invoke-MlpTraining -Encoding Latent -Epoch 6
        $masked.Dataset.HeldOutPixelCount | Should -Be 2400
        $masked.Psnr | Should -BeGreaterThan 25
        $masked.HeldOutPsnr | Should -BeLessThan $masked.Psnr
        $masked.BitsPerPixel | Should -BeLessThan $run.BitsPerPixel
    }

    It 'has snapshots for an animation' {
        $film = $picture | Invoke-MlpTraining -Encoding Latent -Epoch 4 -SnapshotPath ./a.snapshots |
            Export-TrainingAnimation ./a.gif -PassThru
        $film.Extension | Should -Be '.gif'
        Export-TrainingAnimation ./b.webp ./a.snapshots -Scale 2 -PassThru | Should -Not -BeNullOrEmpty
    }

    It 'is a page that decodes itself' {
        $run | Export-MlpModel ./a.html
        './a.html' | Should -FileContentMatch 'data-width="80" data-height="60"'
        './a.html' | Should -FileContentMatch 'decodePicture = async'
    }

    It 'is an ONNX model' {
        $run | Export-MlpModel ./a.onnx
        (Get-Item ./a.onnx).Length | Should -BeGreaterThan 50KB
    }

    It 'goes through a model file of full precision, and out of it again' {
        $run | Export-MlpModel ./a.safetensors
        Import-MlpModel ./a.safetensors | Export-MlpModel ./b.mlpz
        $run | Export-MlpModel ./c.mlpz
        (Get-FileHash ./b.mlpz).Hash | Should -Be (Get-FileHash ./c.mlpz).Hash
    }

    It 'goes on from a checkpoint' {
        $first = $picture | Invoke-MlpTraining -Encoding Latent -Epoch 2 -TargetBitsPerPixel 1 -CheckpointPath ./latents.checkpoint
        $again = $picture | Invoke-MlpTraining -Encoding Latent -Epoch 2 -TargetBitsPerPixel 1 -CheckpointPath ./latents.checkpoint -Continue
        $again.Psnr, $again.BitsPerPixel | Should -Be ($first.Psnr, $first.BitsPerPixel)
        $longer = $picture | Invoke-MlpTraining -Resume ./latents.checkpoint -Epoch 4
        $longer.Epochs | Should -Be 4
        $longer.History[1].BitsPerPixel | Should -Be $first.History[1].BitsPerPixel
        $longer.BitsPerPixel | Should -BeLessOrEqual 1
        { $picture | Invoke-MlpTraining -Encoding Latent -Epoch 4 -TargetBitsPerPixel 2 -CheckpointPath ./latents.checkpoint -Continue -ErrorAction Stop } |
            Should -Throw '*TargetBitsPerPixel is 1 in the run of*'
    }

    It 'keeps a checkpoint as it was where a new target is out of reach' {
        $first = $picture | Invoke-MlpTraining -Encoding Latent -Epoch 2 -CheckpointPath ./kept.checkpoint
        { $picture | Invoke-MlpTraining -Resume ./kept.checkpoint -TargetPsnr 90 -ErrorAction Stop } | Should -Throw '*cannot be reached*'
        ($picture | Invoke-MlpTraining -Resume ./kept.checkpoint).Psnr | Should -Be $first.Psnr
        { $picture | Invoke-MlpTraining -Resume ./kept.checkpoint -Optimizer Muon -ErrorAction Stop } | Should -Throw 'Optimizer is not for the encoding Latent*'
        { $picture | Invoke-MlpTraining -Resume ./kept.checkpoint -MeasureEachEpoch -ErrorAction Stop } | Should -Throw 'MeasureEachEpoch is not for*'
    }

    It 'takes no more than <Name> <Value>' -ForEach @(
        @{ Name = 'TargetSize'; Value = 500 }
        @{ Name = 'TargetBitsPerPixel'; Value = 0.9 }
    ) {
        $target = @{ $Name = $Value }
        $file = $picture | Invoke-MlpTraining -Encoding Latent -Quality Draft @target | Export-MlpModel ./target.mlpz -Force -PassThru
        $file.Length | Should -BeLessOrEqual 540
    }

    It 'reaches <Name> <Value>' -ForEach @(
        @{ Name = 'TargetPsnr'; Value = 38; Property = 'Psnr' }
        @{ Name = 'TargetSsim'; Value = 0.97; Property = 'Ssim' }
    ) {
        $target = @{ $Name = $Value }
        $made = $picture | Invoke-MlpTraining -Encoding Latent -Quality Draft @target
        ($made | Measure-GeneratedImage).$Property | Should -BeGreaterOrEqual $Value
    }
}

Describe 'What latents cannot' {
    It '<Script> is the error <Id>' -ForEach @(
        @{ Script = { $picture | Invoke-MlpTraining -Encoding Latent -Epoch 2 -TargetSize 30 }; Id = 'TargetOutOfReach'; Text = '*the nearest is *' }
        @{ Script = { $picture | Invoke-MlpTraining -Encoding Latent -TargetSize 9KB -TargetPsnr 30 }; Id = 'InvalidOption'; Text = '*Give one of them*' }
        @{ Script = { $picture | Invoke-MlpTraining -TargetSize 9KB }; Id = 'InvalidOption'; Text = '*choose Latent*' }
        @{ Script = { $picture | Invoke-MlpTraining -Encoding Latent -TargetSize 0 }; Id = 'InvalidOption'; Text = '*at least 1 byte*' }
        @{ Script = { $picture | Invoke-MlpTraining -Encoding Latent -TargetSsim 1.5 }; Id = 'InvalidOption'; Text = '*TargetSsim must be*' }
        @{ Script = { $picture | Invoke-MlpTraining -Encoding Latent -BatchSize 64 }; Id = 'InvalidOption'; Text = '*Leave BatchSize out*' }
        @{ Script = { $picture | Invoke-MlpTraining -Encoding Latent -HiddenLayer 65 }; Id = 'InvalidOption'; Text = '*at most 64 neurons*' }
        @{ Script = { $run | Export-MlpModel ./a.glsl }; Id = 'Unsupported'; Text = '*.mlpz or *' }
        @{ Script = { $run | Export-MlpModel ./d.mlpz -TargetPsnr 20 }; Id = 'InvalidOption'; Text = '*Give -TargetPsnr to Invoke-MlpTraining*' }
    ) {
        $thrown = $null
        try { $null = . { $ErrorActionPreference = 'Stop'; & $Script } } catch { $thrown = $_ }
        $thrown.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $thrown.Exception.Message | Should -BeLike $Text
    }
}
