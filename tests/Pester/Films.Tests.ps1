BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    $modulePath = Get-ModuleUnderTest
    Import-Module $modulePath
    Set-StrictMode -Version Latest
}

Describe 'Films of the learning' {
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
        $film = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 3 -SnapshotEvery Log |
            Export-TrainingAnimation film.webp -Caption -Reference -PassThru
        $film.Name | Should -Be 'film.webp'
        $film.Length | Should -BeGreaterThan 100
    }

    It 'come of files that Get-ChildItem finds' {
        New-TestPicture (Join-Path $folder 'b.png')
        $null = Get-ChildItem *.png | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2 -SnapshotEvery 1 -SnapshotPath runs/
        Get-ChildItem runs | Export-TrainingAnimation -Destination films -Format Gif
        (Get-ChildItem films).Name | Should -Be 'a-learning.gif', 'b-learning.gif'
    }

    It 'come of a run that a job left in a file' {
        $job = Start-Job {
            Import-Module $using:modulePath
            New-PixelDataset $using:folder/a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2 -SnapshotPath $using:folder/job.snapshots
        }
        $run = $job | Receive-Job -Wait -AutoRemoveJob
        { $run | Export-TrainingAnimation film.webp -ErrorAction Stop } |
            Should -Throw -ErrorId 'SnapshotsMissing,MonaLisa.PowerShell.ExportTrainingAnimationCommand'
        Export-TrainingAnimation film.webp job.snapshots -Reference -Dataset $run.Dataset
        'film.webp' | Should -Exist
    }

    It 'need a schedule that is one' {
        { New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -SnapshotEvery 0 } | Should -Throw '*every 1 or more epochs*'
        { New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -SnapshotEvery often } | Should -Throw '*Log*'
    }
}
