BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    $modulePath = Get-ModuleUnderTest
    Import-Module $modulePath
}

Describe 'The module' {
    It 'has a valid manifest' {
        $manifest = Test-ModuleManifest (Join-Path $modulePath 'MonaLisa.PS.psd1')
        $manifest.PowerShellVersion | Should -Be '7.6'
        $manifest.CompatiblePSEditions | Should -Be 'Core'
    }

    It 'exports <_>' -ForEach @(
        'New-PixelDataset', 'New-MlpNetwork', 'Invoke-MlpTraining', 'Export-GeneratedImage', 'Measure-GeneratedImage', 'Get-MlpProvider',
        'Export-MlpModel', 'Import-MlpModel', 'Show-GeneratedImage', 'Export-ErrorMap', 'Export-NeuronImage'
    ) {
        (Get-Command $_ -Module MonaLisa.PS).OutputType | Should -Not -BeNullOrEmpty
    }

    It 'has only approved verbs' {
        $verbs = (Get-Verb).Verb
        (Get-Command -Module MonaLisa.PS).Verb | ForEach-Object { $_ | Should -BeIn $verbs }
    }

    It 'has its types in reach of scripts' {
        [MonaLisa.Engine.Mlp].Assembly.Location | Should -BeLike '*MonaLisa.Engine.dll'
    }

    It 'brings no assembly of PowerShell itself' {
        Get-ChildItem $modulePath -Recurse -Filter 'System.Management.Automation*' | Should -BeNullOrEmpty
    }

    It 'explains <_> with an example' -ForEach @(
        'New-PixelDataset', 'New-MlpNetwork', 'Invoke-MlpTraining', 'Export-GeneratedImage', 'Measure-GeneratedImage', 'Get-MlpProvider',
        'Export-MlpModel', 'Import-MlpModel', 'Show-GeneratedImage', 'Export-ErrorMap', 'Export-NeuronImage'
    ) {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -Match '^\s*$'
        $help.description | Should -Not -BeNullOrEmpty
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        $own = (Get-Command $_).Parameters.Values.Name | Where-Object { $_ -notin [Management.Automation.Cmdlet]::CommonParameters }
        foreach ($name in $own | Where-Object { $_ -notin 'WhatIf', 'Confirm' }) {
            ($help.parameters.parameter | Where-Object name -EQ $name).description.Text | Should -Not -BeNullOrEmpty -Because "-$name needs a word"
        }
    }

    It 'has an about topic' {
        Get-Content (Join-Path $modulePath 'en-US' 'about_MonaLisa.help.txt') -First 1 | Should -Match 'TOPIC'
    }

    It 'loads nothing native before it is needed' {
        $script = {
            param($path)
            Import-Module $path
            $null = New-MlpNetwork -HiddenLayer 8
            [Diagnostics.Process]::GetCurrentProcess().Modules.ModuleName -match 'vips|mkl' | ForEach-Object { "early: $_" }
            $null = New-PixelDataset (Join-Path $path 'samples' 'mona-lisa.png')
            [Diagnostics.Process]::GetCurrentProcess().Modules.ModuleName -match 'vips' | ForEach-Object { 'then' }
        }
        $pwsh, $words = @(Get-ThisPowerShell) + '-NoProfile', '-NonInteractive'
        & $pwsh @words -Command $script -args $modulePath | Should -Be 'then'
    }

    It 'can be imported by a background job' {
        $job = Start-Job { param($path) Import-Module $path; (Get-MlpProvider Managed).IsAvailable } -ArgumentList $modulePath
        $job | Receive-Job -Wait -AutoRemoveJob | Should -BeTrue
    }
}

Describe 'A second copy of the module' {
    BeforeAll {
        $own = (Get-Module MonaLisa.PS).ModuleBase
        $copy = Join-Path $TestDrive 'second copy' 'MonaLisa.PS'
        $null = New-Item -ItemType Directory $copy
        Get-ChildItem -LiteralPath $own -Exclude runtimes | Copy-Item -Destination $copy -Recurse
        # Imported in a session of its own, which shares the process and its assemblies.
        function Invoke-InOtherRunspace([string] $Path) {
            $powerShell = [powershell]::Create()
            $null = $powerShell.AddScript('param($path) Import-Module $path; (Get-Module MonaLisa.PS).ModuleBase').AddArgument($Path)
            try {
                @{ Output = $powerShell.Invoke(); Errors = @($powerShell.Streams.Error) }
            }
            finally {
                $powerShell.Dispose()
            }
        }
    }

    It 'is one error in a session that has one, and leaves that one as it is (<Name>)' -ForEach @(
        @{ Name = 'imported'; More = @{} }
        @{ Name = 'with -Force'; More = @{ Force = $true } }
    ) {
        $problem = { Import-Module $copy @More } | Should -Throw -PassThru -ErrorId 'OtherCopyInUse*' -ExpectedMessage (
            "*'$copy'*'$own'*Use that copy, or import this one in a new PowerShell process.")
        $problem.CategoryInfo.Category | Should -Be 'ResourceExists'
        (Get-Module MonaLisa.PS).ModuleBase | Should -Be $own
        (Get-Command Invoke-MlpTraining).DLL | Should -Be (Join-Path $own 'MonaLisa.PS.dll')
        (New-MlpNetwork 3).ParameterCount | Should -Be 21
        Get-TypeData MonaLisa.Engine.Mlp | Should -HaveCount 1
    }

    It 'with the same files is usable in another runspace' {
        $other = Invoke-InOtherRunspace $copy
        $other.Errors | Should -BeNullOrEmpty
        $other.Output | Should -Be $copy
    }

    It 'with other files is one error in another runspace, which would run this one' {
        $library = Join-Path $copy 'MonaLisa.PS.dll'
        Add-Content -LiteralPath $library 'another build'
        $other = Invoke-InOtherRunspace $copy
        $other.Errors.Count | Should -Be 1
        $other.Errors[0].FullyQualifiedErrorId | Should -BeLike 'OtherCopyInUse*'
        $other.Errors[0].Exception.Message | Should -BeLike "*'$copy'*'$own'*"
        $other.Output | Should -BeNullOrEmpty
    }

    It 'has its types again after it was removed and imported' {
        Remove-Module MonaLisa.PS
        Get-TypeData MonaLisa.Engine.Mlp | Should -BeNullOrEmpty
        Import-Module $modulePath -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
        Get-TypeData MonaLisa.Engine.Mlp | Should -HaveCount 1
    }
}
