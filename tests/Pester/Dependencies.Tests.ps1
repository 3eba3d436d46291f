BeforeDiscovery {
    # The runner's project downloads these packages; whoever runs the suite alone may lack them.
    $packages = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : (Join-Path $HOME '.nuget' 'packages')
    $protobufs = foreach ($version in '3.15.6', '3.21.9') {
        $file = Join-Path $packages 'google.protobuf' $version 'lib' 'netstandard2.0' 'Google.Protobuf.dll'
        @{ ProtobufVersion = $version; ProtobufFile = $file; IsMissing = -not (Test-Path -LiteralPath $file) }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'ForeignModule.psm1') -Force
    $modulePath = Get-ModuleUnderTest

    # Everything that needs one of the libraries: pictures in and out, plots of both kinds, ONNX.
    $useAll = {
        param($modulePath, $folder)
        $run = New-PixelDataset (Join-Path $modulePath 'samples' 'mona-lisa.png') -MaxSize 16 | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1
        $run | Export-GeneratedImage (Join-Path $folder 'painted.avif') -Force
        $run | Export-TrainingPlot (Join-Path $folder 'plot.svg') -Force
        $run | Export-TrainingPlot (Join-Path $folder 'plot.png') -Force
        $run | Export-MlpModel (Join-Path $folder 'model.onnx') -Force
        $painted = New-PixelDataset (Join-Path $folder 'painted.avif')
        $plot = New-PixelDataset (Join-Path $folder 'plot.png')
        $files = Get-Item (Join-Path $folder 'plot.svg'), (Join-Path $folder 'model.onnx')
        "painted $($painted.Height) rows, plotted $($plot.Height -gt 100), wrote $(@($files | Where-Object Length -GT 100).Count) files"
    }
    $everything = 'painted 16 rows, plotted True, wrote 2 files'
    $besideForeign = {
        param($modulePath, $folder, $foreign, $order, $useAll)
        $ErrorActionPreference = 'Stop'
        if ($order -eq 'after') {
            Import-Module $foreign
            Get-ForeignLibrary
        }
        Import-Module $modulePath
        & ([scriptblock]::Create($useAll)) $modulePath $folder
        if ($order -eq 'before') {
            Import-Module $foreign
        }
        Get-ForeignLibrary
        & ([scriptblock]::Create($useAll)) $modulePath $folder
    }
}

Describe 'The libraries of the module' {
    It 'lie in a folder of their own' {
        (Get-ChildItem $modulePath -Filter *.dll).Name | Sort-Object | Should -Be 'MonaLisa.Engine.dll', 'MonaLisa.PS.dll'
        (Get-ChildItem (Join-Path $modulePath 'dependencies')).Name | Sort-Object |
            Should -Be 'Google.Protobuf.dll', 'NetVips.dll', 'OxyPlot.dll'
    }

    It 'are not loaded before they are needed' {
        Invoke-NewSession {
            param($modulePath)
            Import-Module $modulePath
            $null = New-MlpNetwork -HiddenLayer 8
            $null = 1 | Export-GeneratedImage picture.png -WhatIf -ErrorAction Ignore
            [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name | Where-Object { $_ -in 'NetVips', 'OxyPlot', 'Google.Protobuf' }
            [MonaLisa.Engine.Mlp].Assembly, (Get-Command Show-GeneratedImage).ImplementingType.Assembly |
                ForEach-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name }
        } $modulePath | Should -Be 'Default', 'Default'
    }

    It 'are found by reflection before anything else was done' {
        Invoke-NewSession {
            param($modulePath)
            Import-Module $modulePath
            (TabExpansion2 '[MonaLisa.Engine.Plot').CompletionMatches.CompletionText
        } $modulePath | Should -Be 'MonaLisa.Engine.PlotAbscissa', 'MonaLisa.Engine.PlotMetric'
    }

    It 'are loaded once, by however many runspaces and imports' {
        Invoke-NewSession {
            param($modulePath, $folder, $useAll)
            $ErrorActionPreference = 'Stop'
            1..4 | ForEach-Object -Parallel {
                Import-Module $using:modulePath
                & ([scriptblock]::Create($using:useAll)) $using:modulePath (New-Item -ItemType Directory (Join-Path $using:folder $_))
            }
            Import-Module $modulePath
            Import-Module $modulePath -Force
            $null = & ([scriptblock]::Create($useAll)) $modulePath $folder
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.Location.StartsWith($modulePath) } |
                ForEach-Object { "$($_.GetName().Name) in $([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name)" } | Sort-Object
        } $modulePath, $TestDrive, $useAll | Should -Be @(
            $everything, $everything, $everything, $everything
            'Google.Protobuf in MonaLisa.PS dependencies'
            'MonaLisa.Engine in Default'
            'MonaLisa.PS in Default'
            'NetVips in MonaLisa.PS dependencies'
            'OxyPlot in MonaLisa.PS dependencies'
        )
    }

    It 'are missed, or found damaged, with an error that says what to do' {
        $copy = Join-Path $TestDrive 'incomplete' 'MonaLisa.PS'
        $null = New-Item -ItemType Directory $copy
        Get-ChildItem $modulePath -Exclude 'dependencies', 'runtimes' | Copy-Item -Destination $copy -Recurse
        $errors = Invoke-NewSession {
            param($modulePath, $folder)
            Import-Module $modulePath
            $run = Import-MlpModel (Join-Path $modulePath 'samples' 'mona-lisa.safetensors')
            $tries = { $run | Export-MlpModel (Join-Path $folder 'incomplete.onnx') },
                { New-PixelDataset (Join-Path $modulePath 'samples' 'mona-lisa.png') }
            foreach ($try in $tries) {
                try { & $try } catch { "$($_.FullyQualifiedErrorId) $_" }
            }
        } $copy, $TestDrive
        $dependencies = Join-Path $copy 'dependencies'
        $errors[0] | Should -BeLike "DependencyUnavailable,*'$(Join-Path $dependencies 'Google.Protobuf.dll')': it is not there. Install*"
        $errors[1] | Should -BeLike "DependencyUnavailable,*'$(Join-Path $dependencies 'NetVips.dll')': it is not there. Install*"
        Join-Path $TestDrive 'incomplete.onnx' | Should -Not -Exist
        Set-Content (Join-Path (New-Item -ItemType Directory $dependencies) 'NetVips.dll') 'no assembly'
        Invoke-NewSession {
            param($modulePath)
            Import-Module $modulePath
            try { New-PixelDataset (Join-Path $modulePath 'samples' 'mona-lisa.png') } catch { "$($_.FullyQualifiedErrorId) $_" }
        } $copy | Should -BeLike "DependencyUnavailable,*'$(Join-Path $dependencies 'NetVips.dll')': it is damaged. Install*"
    }
}

Describe 'Beside another module with libraries of the same names' {
    It 'both modules work: <Kind>, imported <Order> the other' -ForEach @(
        foreach ($order in 'before', 'after') {
            @{ Order = $order; Kind = 'older'; Version = '0.9.1.0' }
            @{ Order = $order; Kind = 'the very same version'; Version = $null }
            @{ Order = $order; Kind = 'newer'; Version = '99.1.0.0' }
        }
    ) {
        $folder = Join-Path $TestDrive "$Kind $Order"
        $foreign = New-ForeignModule $modulePath (Join-Path $folder 'Foreign') -Version $Version
        $output = Invoke-NewSession $besideForeign $modulePath, $folder, $foreign, $Order, $useAll
        # What the other module sees is what it brought, whoever came first.
        $theirs = @($output -match '\.dll$')
        $theirs.Count | Should -Be ($Order -eq 'after' ? 6 : 3)
        foreach ($line in $theirs) {
            $line | Should -BeLike "* $(Join-Path $folder 'Foreign')*.dll" -Because ($output -join "`n")
        }
        # The settings of its native library are its own too.
        @($theirs -like 'NetVips 300 100 *').Count | Should -Be ($Version ? 0 : $theirs.Count / 3)
        $output -notmatch '\.dll$' | Should -Be @($everything, $everything)
    }

    It 'both modules work: Google.Protobuf <ProtobufVersion>, imported <Order> the other' -ForEach @(
        foreach ($protobuf in $protobufs) {
            $protobuf + @{ Order = 'before' }
            $protobuf + @{ Order = 'after' }
        }
    ) {
        if ($IsMissing) {
            Set-ItResult -Skipped -Because "$ProtobufFile is not there"
        }
        $folder = Join-Path $TestDrive "$ProtobufVersion $Order"
        $foreign = New-ForeignModule $modulePath (Join-Path $folder 'Foreign') -Protobuf $ProtobufFile
        $output = Invoke-NewSession $besideForeign $modulePath, $folder, $foreign, $Order, $useAll
        $theirs = @($output -match '\.dll$')
        $theirs.Count | Should -Be ($Order -eq 'after' ? 2 : 1)
        $theirs | Select-Object -Unique | Should -Be "Google.Protobuf 3 $(Join-Path $folder 'Foreign' 'Google.Protobuf.dll')"
        $output -notmatch '\.dll$' | Should -Be @($everything, $everything)
    }

    It 'a resolver that answers every request is named where its copy does not fit' {
        foreach ($library in 'Google.Protobuf', 'NetVips', 'OxyPlot') {
            New-StubAssembly (Join-Path $modulePath 'dependencies' "$library.dll") (Join-Path $TestDrive "$library.dll") '0.9.1.0'
        }
        $output = Invoke-NewSession {
            param($modulePath, $folder)
            Add-Type -TypeDefinition @'
                using System.IO;
                using System.Runtime.Loader;
                public static class Greedy
                {
                    public static void Answer(string folder) => AssemblyLoadContext.Default.Resolving += (context, name) =>
                    {
                        string file = Path.Combine(folder, name.Name + ".dll");
                        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
                    };
                }
'@
            [Greedy]::Answer($folder)
            Import-Module $modulePath
            $model = Join-Path $folder 'model.safetensors'
            New-MlpNetwork -HiddenLayer 4 | Export-MlpModel $model
            $network = Import-MlpModel $model
            $tries = { $network | Export-MlpModel (Join-Path $folder 'greedy.onnx') },
                { New-PixelDataset (Join-Path $modulePath 'samples' 'mona-lisa.png') },
                { $network | Export-GeneratedImage (Join-Path $folder 'greedy.png') -Width 4 -Height 4 }
            foreach ($try in $tries) {
                try { & $try } catch { "$($_.FullyQualifiedErrorId) $_" }
            }
        } $modulePath, $TestDrive
        $output | Should -HaveCount 3
        $remedy = '(version 0.9.1.0)*Start a new session and import MonaLisa.PS first.'
        $output[0] | Should -BeLike "DependencyUnavailable,*'$(Join-Path $TestDrive 'Google.Protobuf.dll')' $remedy"
        $output[1..2] | Should -BeLike "DependencyUnavailable,*'$(Join-Path $TestDrive 'NetVips.dll')' $remedy"
        Get-ChildItem $TestDrive -Filter 'greedy*' | Should -BeNullOrEmpty
    }
}
