BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'ForeignModule.psm1') -Force
    $modulePath = Get-ModuleUnderTest
    $libraryName = $IsWindows ? 'libvips-42.dll' : $IsMacOS ? 'libvips.42.dylib' : 'libvips.so.42'
    $searchVariable = $IsWindows ? 'PATH' : $IsMacOS ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'

    # A library that loads and knows nothing of pictures, under libvips' name: one that says it has that name where there is a compiler.
    function New-ForeignLibrary([string] $Folder) {
        $null = New-Item -ItemType Directory $Folder -Force
        $file = Join-Path $Folder $libraryName
        $compiler = Get-Command cc -CommandType Application -ErrorAction Ignore | Select-Object -First 1
        if ($IsLinux -and $compiler) {
            'int vips_init(const char *name) { return -1; }' | & $compiler -shared -fPIC "-Wl,-soname,$libraryName" -o $file -x c -
            $LASTEXITCODE | Should -Be 0
        }
        else {
            $harmless = $IsWindows ? 'System.IO.Compression.Native.dll' : 'libSystem.IO.Compression.Native' + ($IsMacOS ? '.dylib' : '.so')
            Copy-Item (Join-Path ([Runtime.InteropServices.RuntimeEnvironment]::GetRuntimeDirectory()) $harmless) $file
        }
        $file
    }

    # A copy of the module whose picture library is another file, or none.
    function New-ModuleWithLibrary([string] $Folder, [string] $Library) {
        $copy = Join-Path $Folder 'MonaLisa.PS'
        $null = New-Item -ItemType Directory $copy
        Get-ChildItem $modulePath -Exclude 'runtimes' | Copy-Item -Destination $copy -Recurse
        foreach ($platform in Get-ChildItem (Join-Path $modulePath 'runtimes') -Directory) {
            $native = New-Item -ItemType Directory (Join-Path $copy 'runtimes' $platform.Name 'native')
            if ($Library) {
                Copy-Item -LiteralPath $Library (Join-Path $native $libraryName)
            }
        }
        $copy
    }

    $paint = {
        param($modulePath, $folder, $foreign)
        if ($foreign) {
            $null = [Runtime.InteropServices.NativeLibrary]::Load($foreign)
        }
        Import-Module $modulePath
        foreach ($extension in 'avif', 'png', 'jpg', 'webp', 'tif') {
            $file = Join-Path $folder "painted.$extension"
            New-MlpNetwork -HiddenLayer 4 | Export-GeneratedImage $file -Width 12 -Height 8 -Force
            "$extension $((New-PixelDataset $file).Width)"
        }
        [Diagnostics.Process]::GetCurrentProcess().Modules.FileName | Where-Object { $_ -match 'vips' -and $_.StartsWith($modulePath) } |
            ForEach-Object { 'own library' }
    }
    $painted = 'avif 12', 'png 12', 'jpg 12', 'webp 12', 'tif 12', 'own library'
    $refused = 'LibraryUnavailable,* ResourceUnavailable The picture library'
    $read = {
        param($modulePath)
        Import-Module $modulePath
        try {
            $null = New-PixelDataset (Join-Path $modulePath 'samples' 'mona-lisa.png') -ErrorAction Stop
        }
        catch {
            "$($_.FullyQualifiedErrorId) $($_.CategoryInfo.Category) $_"
        }
    }
}

Describe 'The picture library of the module' {
    It 'is used whatever lies where the system looks' {
        $folder = Join-Path $TestDrive 'searched'
        $null = New-ForeignLibrary $folder
        $path = @($folder) + @([Environment]::GetEnvironmentVariable($searchVariable)) -ne '' -join [IO.Path]::PathSeparator
        Invoke-NewSession $paint $modulePath, $TestDrive -Environment @{ $searchVariable = $path } | Should -Be $painted
    }

    It 'is used whatever lies in the current folder' {
        $folder = Join-Path $TestDrive 'current'
        $null = New-ForeignLibrary $folder
        Invoke-NewSession $paint $modulePath, $TestDrive -Location $folder | Should -Be $painted
    }

    It 'is used whatever was loaded before' {
        $foreign = New-ForeignLibrary (Join-Path $TestDrive 'loaded')
        Invoke-NewSession $paint $modulePath, $TestDrive, $foreign | Should -Be $painted
    }

    It 'is missed by its name, even where the system has another' {
        $copy = New-ModuleWithLibrary (Join-Path $TestDrive 'none')
        $folder = Join-Path $TestDrive 'system'
        $null = New-ForeignLibrary $folder
        $path = @($folder) + @([Environment]::GetEnvironmentVariable($searchVariable)) -ne '' -join [IO.Path]::PathSeparator
        Invoke-NewSession $read $copy -Environment @{ $searchVariable = $path } -Location $folder |
            Should -BeLike "$refused '$(Join-Path $copy 'runtimes')*$libraryName' is not there. Install MonaLisa.PS again*"
    }

    It 'is refused by its name where it is no library' {
        $text = Join-Path $TestDrive 'text'
        Set-Content $text 'no library'
        $copy = New-ModuleWithLibrary (Join-Path $TestDrive 'broken') $text
        Invoke-NewSession $read $copy |
            Should -BeLike "$refused '$(Join-Path $copy 'runtimes')*$libraryName' could not be loaded*Install MonaLisa.PS again*"
    }

    It 'is refused by its name where it is another library' {
        $foreign = New-ForeignLibrary (Join-Path $TestDrive 'other')
        $copy = New-ModuleWithLibrary (Join-Path $TestDrive 'replaced') $foreign
        Invoke-NewSession $read $copy |
            Should -BeLike "$refused '$(Join-Path $copy 'runtimes')*$libraryName' could not be started*Install MonaLisa.PS again*"
    }
}
