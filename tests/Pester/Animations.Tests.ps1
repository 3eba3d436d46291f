BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    $modulePath = Get-ModuleUnderTest
    Import-Module $modulePath
    Set-StrictMode -Version Latest
}

Describe 'Animations of the training' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        Push-Location -LiteralPath $folder
        New-TestPicture (Join-Path $folder 'a.png') -Width 24 -Height 12
    }

    AfterEach {
        Pop-Location
    }

    It 'come of a run in one line' {
        $animation = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 3 -SnapshotEvery Log |
            Export-TrainingAnimation animation.webp -Caption -SideBySide -PassThru
        $animation.Name | Should -Be 'animation.webp'
        $animation.Length | Should -BeGreaterThan 100
    }

    It 'come of files that Get-ChildItem finds' {
        New-TestPicture (Join-Path $folder 'b.png')
        $null = Get-ChildItem *.png | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2 -SnapshotEvery 1 -SnapshotPath runs/
        Get-ChildItem runs | Export-TrainingAnimation -Destination animations -Format Gif
        (Get-ChildItem animations).Name | Should -Be 'a-learning.gif', 'b-learning.gif'
    }

    It 'come of a run that a job left in a file' {
        $job = Start-Job {
            Import-Module $using:modulePath
            New-PixelDataset $using:folder/a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2 -SnapshotPath $using:folder/job.snapshots
        }
        $run = $job | Receive-Job -Wait -AutoRemoveJob
        { $run | Export-TrainingAnimation animation.webp -ErrorAction Stop } |
            Should -Throw -ErrorId 'SnapshotsMissing,MonaLisa.PowerShell.ExportTrainingAnimationCommand'
        Export-TrainingAnimation animation.webp job.snapshots -Reference $run.Dataset
        'animation.webp' | Should -Exist
    }

    It 'need a schedule that is one' {
        { New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -SnapshotEvery 0 } | Should -Throw '*every 1 or more epochs*'
        { New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -SnapshotEvery often } | Should -Throw '*Log*'
    }
}
