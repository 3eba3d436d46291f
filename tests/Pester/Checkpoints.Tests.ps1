BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    $modulePath = Get-ModuleUnderTest
    Import-Module $modulePath
    Set-StrictMode -Version Latest
}

Describe 'Checkpoints' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        Push-Location -LiteralPath $folder
        New-TestPicture (Join-Path $folder 'a.png') -Width 24 -Height 12
    }

    AfterEach {
        Pop-Location
    }

    It 'let a run go on to the same network' {
        New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 16 -Schedule Constant -Epoch 6 | Export-MlpModel whole.safetensors
        $null = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 16 -Schedule Constant -Epoch 2 -CheckpointPath run.checkpoint
        New-PixelDataset a.png | Invoke-MlpTraining -Resume run.checkpoint -Epoch 6 | Export-MlpModel resumed.safetensors
        (Get-FileHash resumed.safetensors).Hash | Should -Be (Get-FileHash whole.safetensors).Hash
    }

    It 'make a line that can be started again' {
        New-TestPicture (Join-Path $folder 'b.png')
        $runs = 1..2 | ForEach-Object {
            Get-ChildItem *.png | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2 -CheckpointPath runs/ -Continue
        }
        (Get-ChildItem runs).Name | Should -Match '^[ab]-[0-9a-f]{8}\.checkpoint$'
        @(Get-ChildItem runs).Count | Should -Be 2
        $runs[2].Elapsed | Should -Be $runs[0].Elapsed
        $runs[3].Psnr | Should -Be $runs[1].Psnr
    }

    It 'are not replaced without -Force' {
        $null = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -CheckpointPath run.checkpoint
        { New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -CheckpointPath run.checkpoint -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileExists,MonaLisa.PowerShell.InvokeMlpTrainingCommand'
    }

    It 'say when they are damaged' {
        $null = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -CheckpointPath run.checkpoint
        $file = Join-Path $folder 'run.checkpoint'
        $bytes = [IO.File]::ReadAllBytes($file)
        $bytes[-100] = $bytes[-100] -bxor 1
        [IO.File]::WriteAllBytes($file, $bytes)
        { New-PixelDataset a.png | Invoke-MlpTraining -Resume run.checkpoint -ErrorAction Stop } |
            Should -Throw -ErrorId 'ChecksumMismatch,MonaLisa.PowerShell.InvokeMlpTrainingCommand'
    }
}
