BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    Set-StrictMode -Version Latest

    function Get-Sample([string] $Path) {
        , (New-PixelDataset $Path).ToArray()
    }
}

Describe 'Networks that see a picture''s neighbourhoods' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'neighborhoods'
        $null = New-Item -ItemType Directory $folder
        Push-Location -LiteralPath $folder
        # Two greys with noise, and a smooth picture.
        $random = [Random]::new(1)
        $side = 48
        [byte[]] $rows = for ($i = 0; $i -lt $side * $side * 3; $i++) {
            ($i % ($side * 3) -lt $side * 1.5 ? 80 : 170) + [Math]::Round(40 * ($random.NextDouble() + $random.NextDouble() - 1))
        }
        [IO.File]::WriteAllBytes(
            (Join-Path $folder 'noisy.png'), [MonaLisa.Engine.Tests.PngFile]::Encode($side, $side, 8, [MonaLisa.Engine.Tests.PngFile]::Rgb, $rows))
        New-TestPicture (Join-Path $folder 'smooth.png') -Width 40 -Height 30
    }

    AfterAll {
        Pop-Location
    }

    It '-Denoise removes the noise, and says how much there was' {
        $said, $run = (New-PixelDataset noisy.png | Invoke-MlpTraining -Denoise -Quality Draft -Verbose 4>&1).Where(
            { $_ -is [System.Management.Automation.VerboseRecord] }, 'Split')
        $encoding = $run[0].Network.Design.Encoding
        $encoding.Task | Should -Be 'Denoise'
        # The noise is triangular, of 40 / sqrt(6).
        $encoding.Noise * 255 | Should -BeGreaterThan 14
        $encoding.Noise * 255 | Should -BeLessThan 18.5
        ($said.Message -match "^Encoding: neighborhoods of 207 differences, noise 1\d\.\d of 255\.").Count | Should -Be 1
        $run[0] | Export-GeneratedImage clean.png
        $left = @((Get-Sample clean.png)[0..($side * 3 - 1)] | Select-Object -First ($side - 6))
        ($left | Measure-Object -StandardDeviation).StandardDeviation | Should -BeLessThan 6
        ($left | Measure-Object -Average).Average | Should -BeGreaterThan 74
        ($left | Measure-Object -Average).Average | Should -BeLessThan 86
    }

    It 'a picture too small to see its noise is told to be' {
        New-TestPicture (Join-Path $folder 'tiny.png') -Width 9 -Height 5
        New-PixelDataset tiny.png | Invoke-MlpTraining -Denoise -Epoch 1 -WarningVariable warning 3>$null
        $warning | Should -Be "'tiny' is too small to see how much noise it has, and hardly any is removed. Give -NoiseLevel."
    }

    It '-NoiseLevel says how much there is, and includes -Denoise' {
        $encoding = (New-PixelDataset noisy.png | Invoke-MlpTraining -NoiseLevel 10 -Quality Draft).Network.Design.Encoding
        $encoding.Task | Should -Be 'Denoise'
        [Math]::Round($encoding.Noise * 255, 3) | Should -Be 10
    }

    It 'warns where there is hardly any noise, and not for a level that is given' {
        New-PixelDataset smooth.png | Invoke-MlpTraining -Denoise -Quality Draft -WarningVariable warning 3>$null
        $warning | Should -Match "'smooth' has hardly any noise: \d\.\d of 255\..*give -NoiseLevel\.$"
        New-PixelDataset smooth.png | Invoke-MlpTraining -NoiseLevel 5 -Quality Draft -WarningVariable warning
        $warning | Should -BeNullOrEmpty
    }

    It 'the next picture has noise of its own' {
        $network = (New-PixelDataset noisy.png | Invoke-MlpTraining -Denoise -Quality Draft).Network
        $other = (New-PixelDataset smooth.png | Invoke-MlpTraining -Network $network -Epoch 1 3>$null).Network.Design.Encoding
        $other.Task | Should -Be 'Denoise'
        $other.Noise | Should -BeLessThan ($network.Design.Encoding.Noise / 5)
        $told = (New-PixelDataset smooth.png | Invoke-MlpTraining -Network $network -NoiseLevel 12 -Epoch 1).Network.Design.Encoding
        [Math]::Round($told.Noise * 255, 3) | Should -Be 12
        { New-PixelDataset smooth.png -HoldOut 0.5 | Invoke-MlpTraining -Network $network -Epoch 1 -ErrorAction Stop } |
            Should -Throw "The network's layers are to denoise, and 'smooth' has gaps to fill.*or leave out -Network."
        { New-PixelDataset smooth.png | Invoke-MlpTraining -Network (New-MlpNetwork 4) -NoiseLevel 12 -Epoch 1 -ErrorAction Stop } |
            Should -Throw 'NoiseLevel is for a network that removes noise, and that of Network does not*'
    }

    It 'gaps are filled, and known pixels stay' {
        $picture = New-PixelDataset smooth.png -HoldOut 0.5
        $run = $picture | Invoke-MlpTraining -Encoding Neighborhood -Quality Draft
        $run.Network.Design.Encoding.Task | Should -Be 'Fill'
        $run.HeldOutPsnr | Should -BeGreaterThan 30
        $figures = $run | Measure-GeneratedImage
        $figures[0].Psnr | Should -Be ([double]::PositiveInfinity)
        [Math]::Abs($figures[1].Psnr - $run.HeldOutPsnr) | Should -BeLessThan 0.01
        $run | Export-MlpModel filling.safetensors
        $run | Export-GeneratedImage filled.png
        Import-MlpModel filling.safetensors | Export-GeneratedImage again.png
        (Get-FileHash again.png).Hash | Should -Be (Get-FileHash filled.png).Hash
    }

    It 'a page and an ONNX model hold a network to <Task>' -ForEach @(
        @{ Task = 'Enlarge'; Given = @{ Encoding = 'Neighborhood' }; HoldOut = @{} }
        @{ Task = 'Denoise'; Given = @{ NoiseLevel = 10 }; HoldOut = @{} }
        @{ Task = 'Fill'; Given = @{ Encoding = 'Neighborhood' }; HoldOut = @{ HoldOut = 0.5 } }
    ) {
        $run = New-PixelDataset smooth.png @HoldOut | Invoke-MlpTraining @Given -Epoch 1
        $run.Network.Design.Encoding.Task | Should -Be $Task
        $run | Export-MlpModel "$Task.html"
        "./$Task.html" | Should -FileContentMatch 'decodePicture = async'
        $run | Export-MlpModel "$Task.onnx"
        (Get-Item "$Task.onnx").Length | Should -BeGreaterThan 40KB
        { $run | Export-MlpModel "$Task.mlpz" -ErrorAction Stop } | Should -Throw '*has its picture in it*Save a model file (-Format Safetensors, .safetensors)*'
    }

    It '-SingleView and -BackProjection are kept in the file' {
        $run = New-PixelDataset smooth.png | Invoke-MlpTraining -Encoding Neighborhood -SingleView -BackProjection 3 -Kernel Area -Epoch 1
        $run | Export-MlpModel single.safetensors
        foreach ($encoding in $run.Network.Design.Encoding, (Import-MlpModel single.safetensors).Design.Encoding) {
            $encoding.IsSingleView | Should -BeTrue
            $encoding.BackProjections | Should -Be 3
            "$encoding" | Should -Match 'kernel Area, 3 back projections, one view'
        }
    }

    It '-SingleView and -BackProjection change what a network paints that was given' {
        $network = (New-PixelDataset smooth.png | Invoke-MlpTraining -Encoding Neighborhood -Kernel Area -SingleView -Epoch 1).Network
        $run = New-PixelDataset smooth.png | Invoke-MlpTraining -Network $network -BackProjection 0 -Epoch 1
        "$($run.Network.Design.Encoding)" | Should -Match 'kernel Area, no back projection, one view'
        $run = New-PixelDataset smooth.png | Invoke-MlpTraining -Network $network -SingleView:$false -Epoch 1
        $run.Network.Design.Encoding.IsSingleView | Should -BeFalse
        { New-PixelDataset smooth.png | Invoke-MlpTraining -Network (New-MlpNetwork 4) -SingleView -Epoch 1 -ErrorAction Stop } |
            Should -Throw 'SingleView is for a network that sees neighbourhoods, and that of Network does not. Leave out SingleView.'
        $filling = (New-PixelDataset smooth.png -HoldOut 0.5 | Invoke-MlpTraining -Encoding Neighborhood -Epoch 1).Network
        { New-PixelDataset smooth.png -HoldOut 0.5 | Invoke-MlpTraining -Network $filling -BackProjection 2 -Epoch 1 -ErrorAction Stop } |
            Should -Throw 'BackProjection is for a network that enlarges*'
    }

    It 'another picture than that of a checkpoint is named, whatever its size' {
        $null = New-PixelDataset smooth.png | Invoke-MlpTraining -Encoding Neighborhood -Kernel Area -Epoch 1 -CheckpointPath a.checkpoint
        { New-PixelDataset noisy.png | Invoke-MlpTraining -Encoding Neighborhood -Kernel Area -Epoch 1 -CheckpointPath a.checkpoint -Continue -ErrorAction Stop } |
            Should -Throw -ErrorId 'OtherPicture*'
    }

    It 'a network from a file is refused by a compressed file as a run is' {
        $null = New-PixelDataset smooth.png | Invoke-MlpTraining -Encoding Neighborhood -Epoch 1 | Export-MlpModel kept.safetensors
        { Import-MlpModel kept.safetensors | Export-MlpModel kept.mlpz -ErrorAction Stop } | Should -Throw '*has its picture in it*'
    }

    It 'a network that fills learns another picture' {
        $network = (New-PixelDataset smooth.png -HoldOut 0.5 | Invoke-MlpTraining -Encoding Neighborhood -Quality Draft).Network
        $run = New-PixelDataset noisy.png -HoldOut 0.2 | Invoke-MlpTraining -Network $network -Epoch 1
        $run.Network.Design.Encoding.Task | Should -Be 'Fill'
        $run.Network.Design.Encoding.Width | Should -Be 48
        { New-PixelDataset noisy.png | Invoke-MlpTraining -Network $network -Epoch 1 -ErrorAction Stop } |
            Should -Throw "The network fills gaps, and 'noisy' has none.*"
    }

    It 'a network of a picture with gaps is for filling' {
        (New-PixelDataset smooth.png -HoldOut 0.5 | New-MlpNetwork -Encoding Neighborhood).Design.Encoding.Task | Should -Be 'Fill'
        (New-PixelDataset smooth.png | New-MlpNetwork -Encoding Neighborhood).Design.Encoding.Task | Should -Be 'Enlarge'
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = '-Denoise with a grid'; Given = @{ Denoise = $true; Encoding = 'Grid' }; Message = '^Denoise is for the encoding Neighborhood; the encoding is Grid\.' }
        @{ Name = 'a level with a grid'; Given = @{ NoiseLevel = 5; Encoding = 'Grid' }; Message = '^NoiseLevel is for the encoding Neighborhood; the encoding is Grid\.' }
        @{ Name = '-Denoise with -Kernel'; Given = @{ Denoise = $true; Kernel = 'Area' }; Message = 'Leave out Kernel or Denoise\.$' }
        @{ Name = '-Denoise with -BackProjection'; Given = @{ Denoise = $true; BackProjection = 2 }; Message = '^BackProjection is for enlarging, .*Leave out BackProjection or Denoise\.$' }
        @{ Name = '-BackProjection of a JPEG'; Given = @{ Encoding = 'Neighborhood'; Kernel = 'Jpeg'; BackProjection = 2 }; Message = "artefacts again, .*Leave BackProjection out" }
        @{ Name = '-SingleView with a grid'; Given = @{ SingleView = $true; Encoding = 'Grid' }; Message = '^SingleView is for the encoding Neighborhood; the encoding is Grid\.' }
        @{ Name = '-SingleView with a preset'; Given = @{ SingleView = $true; Preset = 'MonaLisa2012' }; Message = '^SingleView is not for a preset, ' }
        @{ Name = '-Denoise with a preset'; Given = @{ Denoise = $true; Preset = 'MonaLisa2012' }; Message = '^Denoise is not for a preset, .*Leave out Denoise or Preset\.$' }
        @{ Name = 'a level with -Denoise off'; Given = @{ NoiseLevel = 5; Denoise = $false }; Message = 'and Denoise is off\. Leave out one of them\.$' }
        @{ Name = 'no noise'; Given = @{ NoiseLevel = 0 }; Message = '^NoiseLevel must be above 0 and at most 100, not 0\.' }
        @{ Name = 'too much noise'; Given = @{ NoiseLevel = 101 }; Message = '^NoiseLevel must be above 0 and at most 100, not 101\.' }
    ) {
        { New-PixelDataset smooth.png | Invoke-MlpTraining @Given -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidOption*' -PassThru |
            ForEach-Object { $_.Exception.Message } | Should -Match $Message
    }

    It 'refuses gaps with <Name>' -ForEach @(
        @{ Name = '-Denoise'; Given = @{ Denoise = $true }; Message = "removes noise fills no gaps, and 'smooth' has 600 pixels .*or -Denoise and -NoiseLevel\.$" }
        @{ Name = '-BackProjection'; Given = @{ Encoding = 'Neighborhood'; BackProjection = 3 }; Message = "corrects what it enlarged fills no gaps, .*or -BackProjection\.$" }
        @{ Name = '-Kernel'; Given = @{ Encoding = 'Neighborhood'; Kernel = 'Area' }; Message = "undoes a kernel fills no gaps, .*or -Kernel\.$" }
    ) {
        { New-PixelDataset smooth.png -HoldOut 0.5 | Invoke-MlpTraining @Given -ErrorAction Stop } | Should -Throw -PassThru |
            ForEach-Object { $_.Exception.Message } | Should -Match $Message
    }
}
