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

Describe 'A start that pictures of one kind share' {
    BeforeAll {
        $kind = foreach ($seed in 1..4) {
            New-MlpNetwork -HiddenLayer 16, 16 -Seed (10 + $seed) | Export-GeneratedImage "./kind$seed.png" -Width 64 -Height 64 -PassThru
        }
        $pictures = $kind | New-PixelDataset
        $start = $pictures | Select-Object -First 3 | New-MlpStart -TargetPsnr 36 -Epoch 20
        $start | Export-MlpModel ./kind.mlpz
    }

    It 'is a model like any other' {
        $start | Should -BeOfType MonaLisa.Engine.Mlp
        $start.Training.PictureName | Should -Be '3 pictures'
        $start.Encoding | Should -Be 'Latent'
        (Import-MlpModel ./kind.mlpz).HiddenLayers | Should -Be 32, 32
    }

    It 'is found beside the files that were made with it' {
        $files = $pictures | Invoke-MlpTraining -Start ./kind.mlpz -TargetPsnr 36 -Epoch 6 | Export-MlpModel -Destination . -Compress -PassThru
        $files.Count | Should -Be 4
        foreach ($file in $files) {
            $network = Import-MlpModel $file
            $network.Design.Encoding.StartName | Should -Be 'kind.mlpz'
            ($network | Measure-GeneratedImage -Reference "./$($file.BaseName).png").Psnr | Should -BeGreaterOrEqual 35.99
        }
        Import-MlpModel ./kind4.mlpz | Export-GeneratedImage ./again.png -PassThru | Should -Exist
    }

    It 'is given to Import-MlpModel where it is elsewhere' {
        New-Item ./elsewhere -ItemType Directory -Force | Out-Null
        $made = $pictures[3] | Invoke-MlpTraining -Start ./kind.mlpz -Epoch 2 | Export-MlpModel ./elsewhere/far.mlpz -PassThru
        $thrown = { Import-MlpModel $made -ErrorAction Stop } | Should -Throw -ErrorId 'StartMissing,*' -PassThru
        $thrown.Exception.Message | Should -BeLike "*'kind.mlpz'*Import-MlpModel -Start*"
        foreach ($given in './kind.mlpz', $start, (Get-Item ./kind.mlpz)) {
            (Import-MlpModel $made -Start $given).Design.Encoding.StartName | Should -Be 'kind.mlpz'
        }
        { Import-MlpModel $made -Start ($pictures[0] | New-MlpStart -Epoch 1) -ErrorAction Stop } | Should -Throw -ErrorId 'StartMissing,*'
        { Import-MlpModel $made -Start (New-MlpNetwork 4) -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidOption,*'
    }

    It 'is a setting of experiments' {
        $rows = @($pictures[3] | Invoke-MlpExperiment @{ Start = './kind.mlpz'; Epoch = 1, 2 })
        $rows.Count | Should -Be 2
        $rows.Start | Should -Be './kind.mlpz', './kind.mlpz'
        $rows[1].Epoch | Should -Be 2
        { $pictures[3] | Invoke-MlpExperiment @{ Start = 3.5; Epoch = 1 } -ErrorAction Stop } | Should -Throw 'The setting Start cannot be*'
        { $pictures[3] | Invoke-MlpExperiment @{ Start = './nothing.mlpz'; Epoch = 1 } -ErrorAction Stop } | Should -Throw '*nothing.mlpz*'
    }

    It 'warns where it was learned for another target' {
        $pictures[3] | Invoke-MlpTraining -Start ./kind.mlpz -TargetPsnr 36 -Epoch 6 -WarningVariable none | Out-Null
        $none | Should -BeNullOrEmpty
        $pictures[3] | Invoke-MlpTraining -Start ./kind.mlpz -TargetPsnr 55 -Epoch 6 -WarningVariable warned -WarningAction SilentlyContinue | Out-Null
        "$warned" | Should -BeLike "*the start 'kind.mlpz' was learned at*Learn a start for such a target with New-MlpStart, or leave out -Start."
    }

    It 'is in a checkpoint, a job, a model file with all numbers and a page' {
        $first = $pictures[3] | Invoke-MlpTraining -Start ./kind.mlpz -Epoch 2 -CheckpointPath ./started.checkpoint
        $again = $pictures[3] | Invoke-MlpTraining -Start ./kind.mlpz -Epoch 2 -CheckpointPath ./started.checkpoint -Continue
        $again.BitsPerPixel | Should -Be $first.BitsPerPixel
        { $pictures[3] | Invoke-MlpTraining -Encoding Latent -Epoch 2 -CheckpointPath ./started.checkpoint -Continue -ErrorAction Stop } | Should -Throw
        $job = $pictures[3] | Invoke-MlpTraining -Start ./kind.mlpz -Epoch 2 -AsJob
        ($job | Wait-Job | Receive-Job).BitsPerPixel | Should -Be $first.BitsPerPixel
        $job | Remove-Job
        New-Item ./alone -ItemType Directory -Force | Out-Null
        $first | Export-MlpModel ./alone/a.safetensors
        $alone = Import-MlpModel ./alone/a.safetensors
        $alone.Design.Encoding.StartName | Should -Be 'kind.mlpz'
        ($alone | Export-MlpModel ./alone.mlpz -PassThru).Length | Should -Be ($first | Export-MlpModel ./first.mlpz -PassThru).Length
        $first | Export-MlpModel ./alone/a.html -PassThru | Should -Exist
    }

    It '<Script> is the error <Id>' -ForEach @(
        @{ Script = { $pictures[0] | Invoke-MlpTraining -Start $start }; Id = 'InvalidOption'; Text = '*Save it first*Export-MlpModel*' }
        @{ Script = { $pictures[0] | Invoke-MlpTraining -Start ./nothing.mlpz }; Id = 'NotFound'; Text = '*nothing.mlpz*' }
        @{ Script = { $pictures[0] | Invoke-MlpTraining -Start ./kind.mlpz -Encoding Grid }; Id = 'InvalidOption'; Text = '*choose Latent*' }
        @{ Script = { $pictures[0] | Invoke-MlpTraining -Start ./kind.mlpz -HiddenLayer 16 }; Id = 'InvalidOption'; Text = '*Leave out -HiddenLayer*' }
        @{ Script = { $pictures[0] | Invoke-MlpTraining -Start ./kind.mlpz -Preset MonaLisa2012 }; Id = 'InvalidOption'; Text = '*Leave Preset out*' }
        @{ Script = { New-MlpNetwork 4 | Export-MlpModel ./dense.safetensors; $pictures[0] | Invoke-MlpTraining -Start ./dense.safetensors }; Id = 'InvalidOption'; Text = '*Make one with New-MlpStart*' }
        @{ Script = { $pictures[0] | Invoke-MlpTraining -Start ./kind.mlpz -Epoch 1 | Export-MlpModel ./second.mlpz; $pictures[0] | Invoke-MlpTraining -Start ./second.mlpz }
            Id = 'InvalidOption'; Text = "*has a start itself, 'kind.mlpz'*" }
        @{ Script = { $pictures | New-MlpStart -TargetPsnr 30 -TargetBitsPerPixel 1 }; Id = 'InvalidOption'; Text = '*Give one of them*' }
        @{ Script = { $pictures | New-MlpStart -HiddenLayer 65 }; Id = 'InvalidOption'; Text = '*at most 64 neurons*' }
        @{ Script = { $pictures | New-MlpStart -Epoch 0 }; Id = 'InvalidOption'; Text = '*Epoch*' }
        @{ Script = { 'text' | New-MlpStart }; Id = 'UnsupportedInput'; Text = '*New-PixelDataset*' }
    ) {
        $thrown = $null
        try { $null = . { $ErrorActionPreference = 'Stop'; & $Script } } catch { $thrown = $_ }
        $thrown.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $thrown.Exception.Message | Should -BeLike $Text
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
        @{ Script = { $run | Export-MlpModel ./a.glsl }; Id = 'Unsupported'; Text = '*-Format Compressed, .mlpz, or*' }
        @{ Script = { $run | Export-MlpModel ./d.mlpz -TargetPsnr 20 }; Id = 'InvalidOption'; Text = '*Give -TargetPsnr to Invoke-MlpTraining*' }
    ) {
        $thrown = $null
        try { $null = . { $ErrorActionPreference = 'Stop'; & $Script } } catch { $thrown = $_ }
        $thrown.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $thrown.Exception.Message | Should -BeLike $Text
    }
}
