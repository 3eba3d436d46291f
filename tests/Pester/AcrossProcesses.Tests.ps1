BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    $modulePath = Get-ModuleUnderTest
    Import-Module $modulePath
    Set-StrictMode -Version Latest
}

Describe 'Objects from other processes' {
    BeforeAll {
        Push-Location -LiteralPath $TestDrive
        New-TestPicture (Join-Path $TestDrive 'a.png') -Width 24 -Height 12
        $run = New-PixelDataset a.png -HoldOut 0.2 | Invoke-MlpTraining -HiddenLayer 16, 16 -Epoch 3
        $run | Export-GeneratedImage before.png -Scale 2
    }

    AfterAll {
        Pop-Location
    }

    It 'come back from a background job and paint' {
        $picture = Join-Path $TestDrive 'a.png'
        $results = Start-Job {
            Import-Module $using:modulePath
            $run = New-PixelDataset $using:picture -HoldOut 0.2 | Invoke-MlpTraining -HiddenLayer 16, 16 -Epoch 3
            $run
            @{ Network = $run.Network }
        } | Receive-Job -Wait -AutoRemoveJob
        $results[0] | Should -BeOfType MonaLisa.Engine.TrainingRun
        $results[0] | Export-GeneratedImage job.png -Scale 2
        (Get-FileHash job.png).Hash | Should -Be (Get-FileHash before.png).Hash
        $results[1].Network | Should -BeOfType MonaLisa.Engine.Mlp
        $results[0].History.Count | Should -Be 3
    }

    It 'go to a background job, whether it has the module from the start or not' {
        $measured = Start-Job {
            $run = $using:run
            $run.psobject.TypeNames[0]
            Import-Module $using:modulePath
            ($run | Measure-GeneratedImage).Psnr
        } | Receive-Job -Wait -AutoRemoveJob
        $measured[0] | Should -Be 'Deserialized.MonaLisa.Engine.TrainingRun'
        $measured[1..2] | Should -Be ($run | Measure-GeneratedImage).Psnr
    }

    It 'come back from a CLIXML file, also inside other objects' {
        $run | Export-Clixml run.xml
        Import-Clixml run.xml | Export-GeneratedImage clixml.png -Scale 2
        (Get-FileHash clixml.png).Hash | Should -Be (Get-FileHash before.png).Hash
        [pscustomobject]@{ Runs = @($run, $run); Picture = $run.Dataset } | Export-Clixml nested.xml
        $nested = Import-Clixml nested.xml
        $nested.Runs[1] | Should -BeOfType MonaLisa.Engine.TrainingRun
        $nested.Picture | Should -BeOfType MonaLisa.Engine.PixelDataset
    }

    It 'cannot be changed, here or where they come back' {
        $run | Export-Clixml run.xml
        foreach ($one in $run, (Import-Clixml run.xml)) {
            $psnr = $one.Psnr
            { $one.Psnr = 99 } | Should -Throw '*ReadOnly*'
            { $one.Network.Layers[0].Weights[0] = 99 } | Should -Throw
            { $one.Network.Design.Omega = 99 } | Should -Throw '*ReadOnly*'
            $one.Psnr | Should -Be $psnr
        }
    }

    It 'are the same objects in a thread job' -Skip:(-not (Get-Command Start-ThreadJob -ErrorAction Ignore)) {
        $back = Start-ThreadJob { $using:run } | Receive-Job -Wait -AutoRemoveJob
        [object]::ReferenceEquals($back, $run) | Should -BeTrue
    }

    It 'say what is wrong when they were changed' {
        $run | Export-Clixml run.xml
        (Get-Content run.xml -Raw) -replace '<BA N="SerializedModel">[^<]*', '<BA N="SerializedModel">AAAA' | Set-Content changed.xml
        Import-Clixml changed.xml | Export-GeneratedImage changed.png -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidObject,*'
        'changed.png' | Should -Not -Exist
    }

    It 'hide the bytes that are carried for them' {
        ($run.Network | Get-Member).Name | Should -Not -Contain 'SerializedModel'
        ($run.Dataset | Get-Member).Name | Should -Not -Contain 'SerializedPixels'
    }
}
