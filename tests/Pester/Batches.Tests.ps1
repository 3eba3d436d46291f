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

    It 'does not write one file twice in a pipeline' {
        $runs = Get-ChildItem *.png | New-PixelDataset | Invoke-MlpTraining @training
        $files = $runs | Export-GeneratedImage one.webp -Force -PassThru -ErrorVariable errors -ErrorAction SilentlyContinue
        @($files).Count | Should -Be 1
        $errors.Count | Should -Be 2
        $errors[0].FullyQualifiedErrorId | Should -Be 'FileExists,MonaLisa.PowerShell.ExportGeneratedImageCommand'
        "$($errors[0])" | Should -BeLike "*written for '*a.png' by this pipeline*b.png*-Destination*"
        $errors = $null
        $null = $runs | Export-MlpModel { 'same.safetensors' } -Force -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors.Count | Should -Be 2
    }

    It 'gives pictures of one name a number and a warning, or their extensions' {
        Copy-Item b.png a.jpg
        $runs = 'a.png', 'a.jpg' | New-PixelDataset | Invoke-MlpTraining @training
        $files = $runs | Export-GeneratedImage -Destination out -PassThru -WarningVariable warnings -WarningAction SilentlyContinue
        $files.Name | Should -Be 'a-painted.png', 'a-painted-2.png'
        "$warnings" | Should -BeLike "*a.jpg' has the name of '*a.png'*-KeepExtension*"
        $files = $runs | Export-GeneratedImage -Destination out -KeepExtension -PassThru -WarningVariable warnings
        $files.Name | Should -Be 'a.png-painted.png', 'a.jpg-painted.png'
        $warnings.Count | Should -Be 0
        ($runs | Export-MlpModel out -KeepExtension -PassThru).Name | Should -Be 'a.png.safetensors', 'a.jpg.safetensors'
    }

    It 'does not replace the file of another picture of the name in a loop' {
        Copy-Item b.png a.jpg
        $files = foreach ($name in 'a.png', 'a.jpg', 'a.png') {
            New-PixelDataset $name | Invoke-MlpTraining @training |
                Export-GeneratedImage -Destination out -Force -PassThru -ErrorVariable +errors -ErrorAction SilentlyContinue
        }
        # The third is of the first one's picture.
        $files.Name | Should -Be 'a-painted.png', 'a-painted.png'
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -Be 'FileExists,MonaLisa.PowerShell.ExportGeneratedImageCommand'
        "$($errors[0])" | Should -BeLike "*written for '*a.png' in this session*-KeepExtension*"
        (New-PixelDataset out/a-painted.png).Width | Should -Be (New-PixelDataset a.png).Width
    }

    It 'writes one file of the name in loops side by side' {
        Copy-Item b.png a.jpg
        $module = (Get-Module MonaLisa.PS).Path
        $results = 'a.png', 'a.jpg' | ForEach-Object -ThrottleLimit 2 -Parallel {
            Import-Module $using:module
            Set-Location -LiteralPath $using:folder
            New-PixelDataset $_ | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 |
                Export-GeneratedImage -Destination out -Force -ErrorVariable errors -ErrorAction SilentlyContinue
            [pscustomobject]@{ Name = $_; Error = "$errors" }
        }
        $written = @($results | Where-Object Error -EQ '')
        $written.Count | Should -Be 1
        $results | Where-Object Error | ForEach-Object Error | Should -BeLike '*-KeepExtension*'
        (New-PixelDataset out/a-painted.png).Width | Should -Be (New-PixelDataset $written[0].Name).Width
    }

    It 'does not call -Force the remedy where a file of the name may be of another picture' {
        $null = New-Item out -ItemType Directory
        Set-Content out/a-painted.png 'of yesterday'
        { New-PixelDataset a.png | Invoke-MlpTraining @training | Export-GeneratedImage -Destination out -ErrorAction Stop } |
            Should -Throw '*if it is of the same picture*-KeepExtension*'
    }

    It 'resumes each picture whatever was added or removed' {
        Copy-Item b.png a.jpg
        $first = 'a.png', 'a.jpg' | New-PixelDataset | Invoke-MlpTraining @training -CheckpointPath runs/ -SnapshotPath runs/
        $kept = (Get-ChildItem runs).Name
        $kept.Count | Should -Be 4
        $kept | Should -Match '^a-[0-9a-f]{8}\.(checkpoint|snapshots)$'
        # The first is gone.
        $again = 'a.jpg' | New-PixelDataset | Invoke-MlpTraining @training -CheckpointPath runs/ -SnapshotPath runs/ -Continue
        $again.Psnr | Should -Be $first[1].Psnr
        $again.Elapsed | Should -Be $first[1].Elapsed
        $again.SnapshotPath | Should -Be $first[1].SnapshotPath
        # Another comes before it.
        Copy-Item c.png a.bmp.png
        $again = 'c.png', 'a.jpg', 'a.png' | New-PixelDataset | Invoke-MlpTraining @training -CheckpointPath runs/ -Continue
        $again[1].Elapsed | Should -Be $first[1].Elapsed
        $again[2].Elapsed | Should -Be $first[0].Elapsed
        @(Get-ChildItem runs/*.checkpoint).Count | Should -Be 3
    }

    It 'finds checkpoints by the names that they had' {
        Copy-Item b.png a.jpg
        $first = 'a.png', 'a.jpg' | New-PixelDataset | Invoke-MlpTraining @training -CheckpointPath runs/
        # As they were called by the order of the pictures.
        $ofJpeg, $ofPng = 'a.jpg', 'a.png' | ForEach-Object {
            $null = New-PixelDataset $_ | Invoke-MlpTraining @training -CheckpointPath other/
            (Get-ChildItem other).Name
            Remove-Item other/*
        }
        Rename-Item runs/$ofPng a.checkpoint
        Rename-Item runs/$ofJpeg a-2.checkpoint
        $again = 'a.jpg' | New-PixelDataset | Invoke-MlpTraining @training -CheckpointPath runs/ -Continue -WarningVariable warnings
        $again.Elapsed | Should -Be $first[1].Elapsed
        $warnings.Count | Should -Be 0
        (Get-ChildItem runs).Name | Sort-Object | Should -Be 'a-2.checkpoint', 'a.checkpoint'
        { 'a.jpg' | New-PixelDataset | Invoke-MlpTraining @training -CheckpointPath runs/ -ErrorAction Stop } | Should -Throw "*a-2.checkpoint' exists already*"
        # One that is edited is another picture, and the old file is not touched.
        Copy-Item c.png a.jpg -Force
        $again = 'a.jpg' | New-PixelDataset |
            Invoke-MlpTraining @training -CheckpointPath runs/ -Continue -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "'a' starts a new run: '*' is the checkpoint of another picture with this name*"
        @(Get-ChildItem runs).Count | Should -Be 3
    }

    It 'keeps a checkpoint for each of two equal pictures' {
        $null = New-Item twin -ItemType Directory
        Copy-Item a.png twin/a.png
        foreach ($limit in 1, 2) {
            $runs = 'a.png', 'twin/a.png' | New-PixelDataset |
                Invoke-MlpTraining @training -CheckpointPath runs$limit/ -Continue -ThrottleLimit $limit
            @($runs).Count | Should -Be 2
            $names = (Get-ChildItem runs$limit).Name | Sort-Object
            $names.Count | Should -Be 2
            $names -match '-2\.checkpoint$' | Should -HaveCount 1
            $null = 'twin/a.png' | New-PixelDataset | Invoke-MlpTraining @training -CheckpointPath runs$limit/ -Continue
            @(Get-ChildItem runs$limit).Count | Should -Be 2
        }
    }

    It 'writes no checkpoints and snapshots under <Name>' -ForEach @(
        @{ Name = '-WhatIf'; Script = { $d | Invoke-MlpTraining @training @kept -WhatIf } }
        @{ Name = '$WhatIfPreference'; Script = { $WhatIfPreference = $true; $d | Invoke-MlpTraining @training @kept } }
    ) {
        $d = New-PixelDataset a.png, b.png
        foreach ($kept in @{ CheckpointPath = 'runs/' }, @{ SnapshotPath = 'runs/' }, @{ SnapshotEvery = 'Log' }, @{ CheckpointPath = 'runs/'; AsJob = $true }) {
            & $Script | Where-Object { $_ -isnot [System.Management.Automation.Job] } | Should -BeNullOrEmpty
        }
        Get-Job | Where-Object PSJobTypeName -EQ TrainingJob | Wait-Job | Remove-Job
        (Get-ChildItem).Name | Should -Be 'a.png', 'b.png', 'c.png'
        # Without them there is nothing to ask about.
        (Invoke-MlpTraining $d[0] @training -WhatIf).Epochs | Should -Be 1
        $null = $d | Invoke-MlpTraining @training -CheckpointPath runs/ -Confirm:$false
        @(Get-ChildItem runs).Count | Should -Be 2
    }

    It 'takes -Force as the default of all commands' {
        $PSDefaultParameterValues = @{ '*:Force' = $true }
        $d = New-PixelDataset a.png, b.png
        $d[0] | Invoke-MlpTraining @training | Export-GeneratedImage one.webp
        1..2 | ForEach-Object { $null = $d | Invoke-MlpTraining @training -CheckpointPath runs/ -SnapshotEvery 1 }
        $again = $d | Invoke-MlpTraining @training -CheckpointPath runs/ -Continue
        $first = $d | Invoke-MlpTraining @training -CheckpointPath runs/ -Continue
        $again.Elapsed | Should -Be $first.Elapsed
        $null = $d[0] | Invoke-MlpTraining -Resume (Get-ChildItem runs/a-*.checkpoint) -Epoch 2
        @($d[0] | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 }).Count | Should -Be 1
    }

    It 'names the right picture with -PipelineVariable and -ThrottleLimit' {
        # No run is passed on before the third picture has come.
        $splat = @{ PipelineVariable = 'picture' }
        $seen = Get-Item a.png, b.png, c.png -PipelineVariable file | ForEach-Object { $count = $file.Name; $_ } |
            New-PixelDataset @splat |
            Invoke-MlpTraining @training -ThrottleLimit 3 -pv run | Measure-GeneratedImage -pv quality |
            ForEach-Object { "$($run.Dataset.Name) $($file.Name) $($picture.Name) $($quality.Name)" }
        $seen | Sort-Object | Should -Be 'a a.png a a', 'b b.png b b', 'c c.png c c'
        $count | Should -Be 'c.png'
        # A pipeline that begins with a value, and a command that a variable names.
        $train = 'Invoke-MlpTraining'
        $seen = 'a.png', 'b.png', 'c.png' | New-PixelDataset -PipelineVariable picture | & $train @training -ThrottleLimit 3 |
            ForEach-Object { "$($_.Name) $($picture.Name)" }
        $seen | Sort-Object | Should -Be 'a a', 'b b', 'c c'
    }

    It 'stops the other trainings when <Name>' -ForEach @(
        @{ Name = 'the consumer has enough'; Script = { $d | Invoke-MlpTraining @endless -TargetPsnr 3 | Select-Object -First 1 } }
        @{ Name = 'a command before fails'; Script = { & { $d; throw 'enough' } | Invoke-MlpTraining @endless } }
        @{ Name = 'a command behind fails'; Script = { $d | Invoke-MlpTraining @endless -TargetPsnr 3 | ForEach-Object { throw 'enough' } } }
    ) {
        # No network of this size reaches the PSNR on the others.
        New-TestPicture (Join-Path $folder 'a.png') -BlackColumns 16
        $d = New-PixelDataset b.png, c.png, a.png
        $endless = @{ HiddenLayer = 1; MaxTime = 36000; ThrottleLimit = 4; CheckpointPath = 'runs/' }
        try { $null = & $Script } catch { "$_" | Should -Be 'enough' }
        # The lock of a run goes when it has ended.
        $patience = [Diagnostics.Stopwatch]::StartNew()
        while ((Test-Path runs/*.monalisa-lock) -and $patience.Elapsed.TotalMinutes -lt 2) { Start-Sleep -Milliseconds 20 }
        Get-ChildItem runs/*.monalisa-lock | Should -BeNullOrEmpty
    }
}

Describe 'A training in the background' {
    BeforeAll {
        Push-Location -LiteralPath $TestDrive
        'a', 'b', 'c' | ForEach-Object { New-TestPicture (Join-Path $TestDrive "$_.png") -Width (8 + [int][char]$_ % 8) }
        $training = @{ HiddenLayer = 4; Epoch = 1; CheckpointPath = 'runs/'; Continue = $true }
        $null = New-PixelDataset b.png | Invoke-MlpTraining -HiddenLayer 9 -Epoch 1 -CheckpointPath runs/
    }

    AfterAll {
        Pop-Location
    }

    It 'says why it failed' {
        $null = New-PixelDataset b.png | Invoke-MlpTraining @training -ErrorVariable foreground -ErrorAction SilentlyContinue
        $job = New-PixelDataset b.png | Invoke-MlpTraining @training -AsJob | Wait-Job
        $job.State | Should -Be 'Failed'
        $job.JobStateInfo.State | Should -Be 'Failed'
        $job.JobStateInfo.Reason.Message | Should -Be "$foreground"
        $job.Error.FullyQualifiedErrorId | Should -Be $foreground[0].FullyQualifiedErrorId
        $job.ChildJobs.Count | Should -Be 1
        $job.ChildJobs[0].Name | Should -Be 'b'
        $job.ChildJobs[0].State | Should -Be 'Failed'
        $job.ChildJobs[0].JobStateInfo.Reason.Message | Should -Be "$foreground"
        $job.StatusMessage | Should -Be "$foreground"
        ($job.ChildJobs | Out-String) | Should -Match '(?m)^ +\d+ b +Failed +True +The run of'
        $null = $job | Receive-Job -ErrorVariable received -ErrorAction SilentlyContinue
        $received.FullyQualifiedErrorId | Should -Be $foreground[0].FullyQualifiedErrorId
        $job.Error.Count | Should -Be 0
        Remove-Job $job
    }

    It 'learns the other pictures, each in a child job' {
        $job = New-PixelDataset a.png, b.png, c.png | Invoke-MlpTraining @training -AsJob | Wait-Job
        $job.State | Should -Be 'Failed'
        $job.ChildJobs.Name | Should -Be 'a', 'b', 'c'
        $job.ChildJobs.State | Should -Be 'Completed', 'Failed', 'Completed'
        ($job.ChildJobs[2] | Receive-Job -Keep).Dataset.Name | Should -Be 'c'
        1..2 | ForEach-Object { ($job | Receive-Job -Keep -ErrorAction SilentlyContinue).Dataset.Name | Should -Be 'a', 'c' }
        ($job | Receive-Job -ErrorVariable received -ErrorAction SilentlyContinue).Dataset.Name | Should -Be 'a', 'c'
        @($received).Count | Should -Be 1
        $job.HasMoreData | Should -BeFalse
        $job.JobStateInfo.Reason.Message | Should -Match 'has the network'
        Remove-Job $job
        (New-PixelDataset a.png | Invoke-MlpTraining @training -AsJob | Wait-Job).State | Should -Be 'Completed'
    }

    It 'stops one picture alone' {
        $job = New-PixelDataset a.png, c.png | Invoke-MlpTraining -HiddenLayer 4 -MaxTime 36000 -AsJob -ThrottleLimit 2
        while (-not $job.ChildJobs[0].StatusMessage) { Start-Sleep -Milliseconds 5 }
        Stop-Job $job.ChildJobs[0]
        $job.ChildJobs[0].State | Should -Be 'Stopped'
        ($job.ChildJobs[0] | Receive-Job).StopReason | Should -Be 'Canceled'
        $job.State | Should -Be 'Running'
        while (-not $job.ChildJobs[1].StatusMessage) { Start-Sleep -Milliseconds 5 }
        Stop-Job $job
        $job.State | Should -Be 'Stopped'
        $job.ChildJobs[1].State | Should -Be 'Stopped'
        ($job | Receive-Job).Dataset.Name | Should -Be 'c'
        Remove-Job $job
    }
}
