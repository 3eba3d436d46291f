BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    Set-StrictMode -Version Latest
}

Describe 'Bad pictures' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'bad'
        $null = New-Item -ItemType Directory $folder
        Push-Location -LiteralPath $folder
        New-TestPicture (Join-Path $folder 'good.png')
        [IO.File]::WriteAllBytes((Join-Path $folder 'empty.png'), [byte[]]::new(0))
        Set-Content text.jpg 'This is no picture.'
        New-TestPicture (Join-Path $folder 'bomb.png') -ClaimedSide 100000
        New-MlpNetwork 8 | Export-GeneratedImage whole.jpg -Width 96 -Height 64
        $bytes = [IO.File]::ReadAllBytes((Join-Path $folder 'whole.jpg'))
        [IO.File]::WriteAllBytes((Join-Path $folder 'cut.jpg'), $bytes[0..($bytes.Length / 2)])
    }

    AfterAll {
        Pop-Location
    }

    It '<Name> is the error <Id>, and the next picture goes on' -ForEach @(
        @{ Name = 'missing.png'; Id = 'NotFound'; Category = 'ObjectNotFound' }
        @{ Name = 'empty.png'; Id = 'Empty'; Category = 'InvalidData' }
        @{ Name = 'text.jpg'; Id = 'NotAPicture'; Category = 'InvalidData' }
        @{ Name = 'cut.jpg'; Id = 'Damaged'; Category = 'InvalidData' }
        @{ Name = 'bomb.png'; Id = 'TooLarge'; Category = 'LimitsExceeded' }
        @{ Name = '.'; Id = 'IsFolder'; Category = 'InvalidType' }
    ) {
        $datasets = @($Name, 'good.png' | New-PixelDataset -ErrorVariable errors -ErrorAction SilentlyContinue)
        $datasets.Name | Should -Be 'good'
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -Be "$Id,MonaLisa.PowerShell.NewPixelDatasetCommand"
        $errors[0].CategoryInfo.Category | Should -Be $Category
    }

    It 'a wildcard that matches nothing is no error' {
        New-PixelDataset *.nothing -ErrorVariable errors | Should -BeNullOrEmpty
        $errors.Count | Should -Be 0
    }

    It 'an error stops the script where it is asked to' {
        { New-PixelDataset missing.png -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound,MonaLisa.PowerShell.NewPixelDatasetCommand'
    }
}

Describe 'Bad options' {
    It '<Script> is refused' -ForEach @(
        @{ Script = { New-MlpNetwork 0 }; Id = 'InvalidOption' }
        @{ Script = { New-MlpNetwork -Depth 9 -ParameterBudget 1 }; Id = 'InvalidOption' }
        @{ Script = { Invoke-MlpTraining $dataset -Epoch 0 }; Id = 'InvalidOption' }
        @{ Script = { Invoke-MlpTraining $dataset -LearningRate 0 }; Id = 'InvalidOption' }
    ) {
        $dataset = [MonaLisa.Engine.PixelDataset]::new('one', 1, 1, [byte[]]::new(3))
        $Script | Should -Throw -ErrorId "$Id,*"
    }

    It 'a diverging run is an error and writes nothing' {
        New-TestPicture (Join-Path $TestDrive 'a.png')
        $target = Join-Path $TestDrive 'diverged.png'
        $diverging = @{ HiddenLayer = 8; Optimizer = 'Sgd'; LearningRate = 1000; BatchSize = 16; Schedule = 'Constant'; Epoch = 100 }
        New-PixelDataset (Join-Path $TestDrive 'a.png') |
            Invoke-MlpTraining @diverging -ErrorVariable errors -ErrorAction SilentlyContinue |
            Export-GeneratedImage $target
        $errors[0].FullyQualifiedErrorId | Should -Be 'TrainingDiverged,MonaLisa.PowerShell.InvokeMlpTrainingCommand'
        Test-Path -LiteralPath $target | Should -BeFalse
    }
}

Describe 'Writing' {
    BeforeAll {
        New-TestPicture (Join-Path $TestDrive 'a.png')
        $run = New-PixelDataset (Join-Path $TestDrive 'a.png') | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1
    }

    It 'writes nothing under -WhatIf' {
        $target = Join-Path $TestDrive 'whatif.png'
        $run | Export-GeneratedImage $target -WhatIf
        Test-Path -LiteralPath $target | Should -BeFalse
    }

    It 'replaces a file only under -Force' {
        $target = Join-Path $TestDrive 'old.png'
        Set-Content -LiteralPath $target 'precious'
        $run | Export-GeneratedImage $target -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -Be 'FileExists,MonaLisa.PowerShell.ExportGeneratedImageCommand'
        Get-Content -LiteralPath $target | Should -Be 'precious'
        $run | Export-GeneratedImage $target -Force
        (New-PixelDataset $target).Width | Should -Be 16
    }

    It 'takes names with brackets and spaces letter by letter' {
        $target = Join-Path $TestDrive 'odd [1] name.png'
        $run | Export-GeneratedImage $target
        Test-Path -LiteralPath $target | Should -BeTrue
    }

    It 'names the size parameters for a bare network' {
        { New-MlpNetwork 4 | Export-GeneratedImage (Join-Path $TestDrive 'n.png') -ErrorAction Stop } | Should -Throw '*-Width*'
    }

    It 'leaves nothing else in the folder' {
        Get-ChildItem $TestDrive -Force -Filter '*.tmp' | Should -BeNullOrEmpty
    }
}
