# Pictures, networks and paths as parameters take them, in every form, by the commands, mocks and proxies.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    $modulePath = Get-ModuleUnderTest
    Import-Module $modulePath
    Set-StrictMode -Version Latest
    Push-Location -LiteralPath $TestDrive
    New-TestPicture (Join-Path $TestDrive 'a.png')
    $run = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1
    $run | Export-MlpModel n.safetensors
    $sent = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($run))

    function Get-Proxy([string] $Name) {
        [scriptblock]::Create([System.Management.Automation.ProxyCommand]::Create((Get-Command $Name)))
    }
}

AfterAll {
    Pop-Location
}

Describe 'A picture for -Reference' {
    It 'is <Form>' -ForEach @(
        @{ Form = 'a path'; Of = { 'a.png' } }
        @{ Form = 'a file'; Of = { Get-Item a.png } }
        @{ Form = 'a dataset'; Of = { $run.Dataset } }
        @{ Form = 'a run'; Of = { $run } }
        @{ Form = 'a dataset from another session'; Of = { $sent.Dataset } }
        @{ Form = 'a run from another session'; Of = { $sent } }
    ) {
        $picture = & $Of
        ($run | Measure-GeneratedImage -Reference $picture).Reference | Should -Be 'a'
        $file = $run | Export-ErrorMap e.png -Reference $picture -Force -PassThru
        $file.Name | Should -Be 'e.png'
        ($run.Network | Export-MlpModel n.mlpz -Reference $picture -Force -PassThru).Name | Should -Be 'n.mlpz'
        ($run | & (Get-Proxy Export-ErrorMap) e.png -Reference $picture -Force -PassThru).Name | Should -Be 'e.png'
    }

    It 'is not <Text>' -ForEach @(
        @{ Text = 'a number'; Of = { 5 }; Says = '*is no picture. Give a picture''s path, a dataset*' }
        @{ Text = 'a network'; Of = { $run.Network }; Says = '*A network is no picture*' }
        @{ Text = 'a file that is not there'; Of = { 'nix.png' }; Says = '*nix.png*does not exist*' }
        @{ Text = 'several files'; Of = { '[an].*' }; Says = '*matches * files. Give the path of one file*' }
        @{ Text = 'a model file'; Of = { 'n.safetensors' }; Says = '*is not a picture*' }
    ) {
        { $run | Export-ErrorMap e.png -Reference (& $Of) -Force } | Should -Throw $Says
    }

    It 'is what it was in a mock' {
        Mock Export-ErrorMap {}
        $run | Export-ErrorMap e.png -Reference ./a.png
        $run | Export-ErrorMap e.png -Reference $run.Dataset
        Should -Invoke Export-ErrorMap -Exactly 1 -ParameterFilter { $Reference -eq './a.png' }
        Should -Invoke Export-ErrorMap -Exactly 1 -ParameterFilter { $Reference -eq $run.Dataset }
    }
}

Describe 'A network for -Network' {
    It 'is <Form>' -ForEach @(
        @{ Form = 'a path'; Of = { 'n.safetensors' } }
        @{ Form = 'a file'; Of = { Get-Item n.safetensors } }
        @{ Form = 'a network'; Of = { $run.Network } }
        @{ Form = 'a run'; Of = { $run } }
        @{ Form = 'a network from another session'; Of = { $sent.Network } }
        @{ Form = 'a run from another session'; Of = { $sent } }
    ) {
        $network = & $Of
        ($run.Dataset | Invoke-MlpTraining -Network $network -Epoch 1).Network.Shape | Should -Be '2-8-3'
        ($run.Dataset | & (Get-Proxy Invoke-MlpTraining) -Network $network -Epoch 1).Network.Shape | Should -Be '2-8-3'
    }

    It 'is not <Text>' -ForEach @(
        @{ Text = 'a number'; Of = { 5 }; Says = '*is no network. Give a network*Import-MlpModel*' }
        @{ Text = 'a picture'; Of = { $run.Dataset }; Says = '*A picture is no network*' }
        @{ Text = 'a file that is not there'; Of = { 'nix.safetensors' }; Says = '*nix.safetensors*does not exist*' }
        @{ Text = 'the file of a picture'; Of = { 'a.png' }; Says = '*is no safetensors file*' }
    ) {
        { $run.Dataset | Invoke-MlpTraining -Network (& $Of) -Epoch 1 } | Should -Throw $Says
    }

    It 'is what it was in a mock' {
        Mock Invoke-MlpTraining {}
        $run.Dataset | Invoke-MlpTraining -Network ./n.safetensors
        $run.Dataset | Invoke-MlpTraining -Network $run
        Should -Invoke Invoke-MlpTraining -Exactly 1 -ParameterFilter { $Network -eq './n.safetensors' }
        Should -Invoke Invoke-MlpTraining -Exactly 1 -ParameterFilter { $Network -eq $run }
    }
}

Describe 'A path to write to' {
    It 'is a text or a script for a proxy too' {
        $proxy = Get-Proxy Export-GeneratedImage
        ($run | & $proxy p.png -PassThru).Name | Should -Be 'p.png'
        ($run | & $proxy { $_.Dataset.Name + '-p.png' } -PassThru).Name | Should -Be 'a-p.png'
        ($run | & $proxy -Destination { 'of-' + $_.Dataset.Name } -PassThru).Directory.Name | Should -Be 'of-a'
        ($run | & $proxy -Destination (Get-Item of-a) -Force -PassThru).Directory.Name | Should -Be 'of-a'
    }

    It 'is what it was in a mock' {
        Mock Export-GeneratedImage {}
        $run | Export-GeneratedImage ./x.png
        $run | Export-GeneratedImage { $_.Dataset.Name }
        $run | Export-GeneratedImage -Destination ./out
        Should -Invoke Export-GeneratedImage -Exactly 1 -ParameterFilter { $Path -eq './x.png' }
        Should -Invoke Export-GeneratedImage -Exactly 1 -ParameterFilter { $Path -like '*.png' }
        Should -Invoke Export-GeneratedImage -Exactly 1 -ParameterFilter { $Path.Script }
        Should -Invoke Export-GeneratedImage -Exactly 1 -ParameterFilter { $Destination -eq './out' }
    }
}
