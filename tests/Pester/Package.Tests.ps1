BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    # A package is made of the module that the build staged, by the build's own target.
    $staged = [IO.Path]::GetFullPath((Get-ModuleUnderTest))
    $repository = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '..' '..'))
    $reason = if (-not (Get-Command dotnet -CommandType Application -ErrorAction Ignore)) { 'there is no dotnet command' }
        elseif (-not $staged.StartsWith((Join-Path $repository 'artifacts'))) { "'$staged' was not staged by the build" }
}

Describe "A package for one platform$($reason ? ", skipped because $reason" : '')" -Skip:([bool] $reason) {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
        Import-Module (Join-Path $PSScriptRoot 'ForeignModule.psm1') -Force
        $staged = [IO.Path]::GetFullPath((Get-ModuleUnderTest))
        $project = Join-Path $PSScriptRoot '..' '..' 'src' 'Cmdlets'
        $configuration = (Split-Path (Split-Path $staged) -Leaf) -eq 'debug' ? 'Debug' : 'Release'
        $platform = Get-PlatformName

        # Folders of its own, so that two runs of the suite may do this at once.
        function Invoke-Pack([string] $Runtime, [string] $Folder) {
            # The SDK is chosen by global.json, which dotnet looks for from the current folder upwards.
            Push-Location -LiteralPath $project
            try {
                $output = dotnet pack --configuration $configuration --no-build --nologo -nodeReuse:false "-p:ModuleRuntime=$Runtime" `
                    "-p:PackageOutputPath=$(Join-Path $Folder 'repository')/" "-p:PackageWorkFolder=$(Join-Path $Folder 'work')/"
            }
            finally {
                Pop-Location
            }
            [pscustomobject]@{ ExitCode = $LASTEXITCODE; Output = $output -join "`n" }
        }

        $packed = Invoke-Pack $platform $TestDrive
        # What was unpacked is what is installed, but for the files that tell the repository of the package.
        $unpacked = Join-Path $TestDrive 'unpacked'
        $version = (Import-PowerShellDataFile (Join-Path $staged 'MonaLisa.PS.psd1')).ModuleVersion
        $package = Join-Path $TestDrive 'repository' "MonaLisa.PS.$version.nupkg"
        if (Test-Path -LiteralPath $package) {
            [IO.Compression.ZipFile]::ExtractToDirectory($package, $unpacked)
        }
    }

    It 'is named for the module and its version' {
        $packed.ExitCode | Should -Be 0 -Because $packed.Output
        (Get-ChildItem (Join-Path $TestDrive 'repository')).Name | Should -Be "MonaLisa.PS.$version.nupkg"
        [xml] $description = Get-Content (Join-Path $unpacked 'MonaLisa.PS.nuspec') -Raw
        $manifest = Import-PowerShellDataFile (Join-Path $staged 'MonaLisa.PS.psd1')
        $description.package.metadata.id | Should -Be 'MonaLisa.PS'
        $description.package.metadata.version | Should -Be $version
        $description.package.metadata.description | Should -Be $manifest.Description
        $description.package.metadata.tags.Split(' ') | Should -Contain 'PSModule'
    }

    It 'holds what its manifest lists: the module with one picture library' {
        $files = Get-ChildItem $unpacked -Recurse -File |
            ForEach-Object { [IO.Path]::GetRelativePath($unpacked, $_.FullName).Replace('\', '/') } |
            Where-Object { $_ -notmatch '^(_rels|package)/|\.nuspec$|^\[Content_Types\]' } | Sort-Object
        $listed = (Import-PowerShellDataFile (Join-Path $unpacked 'MonaLisa.PS.psd1')).FileList
        $files | Should -Be ($listed | Sort-Object)
        $all = (Import-PowerShellDataFile (Join-Path $staged 'MonaLisa.PS.psd1')).FileList
        $files | Should -Be ($all | Where-Object { $_ -notlike 'runtimes/*' -or $_ -like "runtimes/$platform/*" } | Sort-Object)
        $files -like 'runtimes/*' | Should -HaveCount 1
    }

    It 'has at most 30 MB' {
        (Get-ChildItem $unpacked -Recurse -File | Measure-Object Length -Sum).Sum | Should -BeLessThan 30MB
    }

    It 'is not made for a platform that is not there' {
        $refused = Invoke-Pack 'amiga-68k' (Join-Path $TestDrive 'refused')
        $refused.ExitCode | Should -Not -Be 0
        $refused.Output | Should -BeLike "*There is no picture library for 'amiga-68k'. Choose one of*$platform*"
        Join-Path $TestDrive 'refused' 'repository' | Should -Not -Exist
    }

    # Where a user's modules lie cannot be set by a variable on Windows.
    It 'is installed by Install-PSResource, imported by its name, and paints' -Skip:$IsWindows {
        $userHome = Join-Path $TestDrive 'home'
        $null = New-Item -ItemType Directory $userHome
        $picture = Join-Path $TestDrive 'painted.png'
        $output = Invoke-NewSession {
            param($repository, $picture)
            $ErrorActionPreference = 'Stop'
            # A PowerShell that has the module already, such as this repository's own, would import that one.
            $env:PSModulePath = ($env:PSModulePath -split [IO.Path]::PathSeparator | Where-Object { -not (Test-Path (Join-Path $_ 'MonaLisa.PS')) }) -join
                [IO.Path]::PathSeparator
            Register-PSResourceRepository -Name Local -Uri $repository -Trusted
            Install-PSResource MonaLisa.PS -Repository Local -Scope CurrentUser
            Import-Module MonaLisa.PS
            $module = Get-Module MonaLisa.PS
            "$($module.Version)"
            $module.ModuleBase
            New-PixelDataset (Join-Path $module.ModuleBase 'samples' 'mona-lisa.png') -MaxSize 16 |
                Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 | Export-GeneratedImage $picture
            (New-PixelDataset $picture).Height
        } (Join-Path $TestDrive 'repository'), $picture -Environment @{ HOME = $userHome; XDG_DATA_HOME = $null; PSModulePath = $null }
        $output[0] | Should -Be $version -Because ($output -join "`n")
        $output[1] | Should -BeLike (Join-Path $userHome '*' 'MonaLisa.PS' $version)
        $output[2] | Should -Be 16
    }
}
