BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    Set-StrictMode -Version Latest
}

Describe 'A folder of pictures' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        Push-Location -LiteralPath $folder
        # Each is another picture.
        'a', 'b', 'c' | ForEach-Object { New-TestPicture (Join-Path $folder "$_.png") -Width (8 + [int][char]$_ % 8) -Height 8 }
        $training = @{ HiddenLayer = 4; Epoch = 1 }
    }

    AfterEach {
        Pop-Location
    }

    It 'goes on after a stale checkpoint with -ThrottleLimit <_>' -ForEach 1, 2 {
        $null = New-PixelDataset b.png | Invoke-MlpTraining -HiddenLayer 9 -Epoch 1 -CheckpointPath (New-Item runs -ItemType Directory)
        $runs = Get-ChildItem *.png | New-PixelDataset | Invoke-MlpTraining @training -CheckpointPath runs -Continue -ThrottleLimit $_ `
            -ErrorVariable errors -ErrorAction SilentlyContinue
        $runs.Dataset.Name | Sort-Object | Should -Be 'a', 'c'
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -Be 'InvalidOption,MonaLisa.PowerShell.InvokeMlpTrainingCommand'
        $errors[0].TargetObject.Name | Should -Be 'b'
        # Its remedy touches no other picture's checkpoint.
        "$($errors[0])" | Should -Match 'delete the file'
    }

    It 'goes on after a checkpoint of other options' {
        $null = New-PixelDataset b.png | Invoke-MlpTraining @training -BatchSize 7 -CheckpointPath (New-Item runs -ItemType Directory)
        $runs = Get-ChildItem *.png | New-PixelDataset | Invoke-MlpTraining @training -CheckpointPath runs -Continue `
            -ErrorVariable errors -ErrorAction SilentlyContinue
        $runs.Dataset.Name | Should -Be 'a', 'c'
        "$errors" | Should -Match '^BatchSize is 7 in the run of'
    }
}
