BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    $modulePath = Get-ModuleUnderTest
    Import-Module $modulePath
    Set-StrictMode -Version Latest
}

Describe 'Encodings' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        Push-Location -LiteralPath $folder
        New-TestPicture (Join-Path $folder 'a.png') -Width 24 -Height 16
        $picture = New-PixelDataset a.png
    }

    AfterEach {
        Pop-Location
    }

    It '<Encoding> learns, paints, and comes back from a file' -ForEach @(
        @{ Encoding = 'None'; Activation = 'Sine' }
        @{ Encoding = 'Frequency'; Activation = 'ReLU' }
        @{ Encoding = 'Fourier'; Activation = 'ReLU' }
        @{ Encoding = 'Grid'; Activation = 'ReLU' }
    ) {
        $run = $picture | Invoke-MlpTraining -Encoding $Encoding -Epoch 1
        $run.Network.Design.Encoding.Kind | Should -Be $Encoding
        $run.Network.Activation | Should -Be $Activation
        $run | Export-GeneratedImage before.png -Scale 2
        $run | Export-MlpModel a.safetensors
        Import-MlpModel a.safetensors | Export-GeneratedImage after.png -Scale 2
        (Get-FileHash after.png).Hash | Should -Be (Get-FileHash before.png).Hash
    }

    It 'each picture gets a network of its own size' {
        New-TestPicture (Join-Path $folder 'b.png') -Width 60 -Height 90
        $networks = Get-ChildItem *.png | New-PixelDataset | Sort-Object Width | New-MlpNetwork
        $networks.Count | Should -Be 2
        $networks[1].WeightCount | Should -BeGreaterThan $networks[0].WeightCount
        $trained = (New-PixelDataset b.png | Invoke-MlpTraining -Epoch 1).Network
        $networks[1].Design | Should -Be $trained.Design
    }

    It 'a network without a picture is for the usual size' {
        $network = New-MlpNetwork
        $network.Design.Encoding.Kind | Should -Be 'Grid'
        (New-MlpNetwork 8).Design.Encoding.Kind | Should -Be 'None'
    }

    It 'details reach the encoding' {
        $grid = ($picture | New-MlpNetwork 8 -Encoding Grid -GridLevel 3 -GridFeature 4 -GridCoarsest 2 -GridFinest 8).Design.Encoding
        $grid.Levels.Count | Should -Be 3
        $grid.FeaturesPerLevel | Should -Be 4
        $grid.Levels[2].Rows | Should -Be 8
        (New-MlpNetwork -Encoding Frequency -Octave 5).Shape | Should -Be '2-20-256-256-256-3'
        (New-MlpNetwork 8 -Encoding Fourier -FrequencyCount 7 -FrequencySigma 3).Shape | Should -Be '2-14-8-3'
    }

    It 'a budget counts the tables' {
        $network = $picture | New-MlpNetwork -Depth 2 -ParameterBudget 5000 -Encoding Grid
        $network.ParameterCount | Should -BeLessOrEqual 5000
        $network.ParameterCount | Should -BeGreaterThan $network.Design.Encoding.ParameterCount
    }

    It '<Script> is refused' -ForEach @(
        @{ Script = { New-MlpNetwork -Octave 3 } }
        @{ Script = { New-MlpNetwork 8 -GridLevel 3 } }
        @{ Script = { New-MlpNetwork -Encoding Fourier -GridFinest 3 } }
        @{ Script = { New-MlpNetwork -GridLevel 99 } }
        @{ Script = { New-MlpNetwork -GridCoarsest 8 -GridFinest 4 } }
        @{ Script = { $picture | Invoke-MlpTraining -HiddenLayer 8 -Quality High -MaxTime 1 } }
    ) {
        $Script | Should -Throw -ErrorId 'InvalidOption,*'
    }

    It 'a quality chooses the time, and an epoch takes it away' {
        $draft, $high = 'Draft', 'High' | ForEach-Object { $picture | Invoke-MlpTraining -Quality $_ -TargetPsnr 0.5 }
        $draft.Options.MaxTime | Should -BeLessThan $high.Options.MaxTime
        ($picture | Invoke-MlpTraining -Quality Draft -Epoch 1).Options.MaxTime | Should -BeNullOrEmpty
    }

    It 'views and verbose text show encoding and weights' {
        $run = $picture | Invoke-MlpTraining -Epoch 1 -Verbose 4>&1 | ForEach-Object -Begin { $lines = @() } -Process {
            if ($_ -is [Management.Automation.VerboseRecord]) { $lines += $_.Message } else { $_ }
        }
        $weights = $run.Network.WeightCount
        $lines -join "`n" | Should -Match "Encoding: grid of .+\. Weights: $weights\."
        $run | Format-Table | Out-String -Width 80 | Should -Match "Grid +$weights"
        $run | Format-List | Out-String | Should -Match "WeightCount\s*: $weights"
        $run.Network | Format-Table | Out-String -Width 80 | Should -Match "Grid +ReLU +\d+ +$weights"
        $run.Network | Format-List | Out-String | Should -Match 'Encoding\s*: grid of'
        ($run | Measure-GeneratedImage).WeightCount | Should -Be $weights
    }
}
