using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests.Shell;

/// <summary>Libraries of the right names in the current folder are not loaded, even where the loader's path has an empty entry.</summary>
public sealed class PlantedLibraryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string[] Names => OperatingSystem.IsWindows()
        ? ["libvips-42.dll", "mkl_rt.dll", "mkl_rt.2.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libvips.42.dylib", "libc.dylib", "libSystem.dylib", "libmkl_rt.dylib", "libmkl_rt.2.dylib"]
            : ["libvips.so.42", "libc.so", "libSystem.so", "libmkl_rt.so", "libmkl_rt.so.2", "libmkl_rt.so.3"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Neither_a_default_run_nor_a_search_for_providers_loads_one()
    {
        // A library that loads anywhere and does nothing by itself: the module's own picture library.
        string own = Directory.EnumerateFiles(Path.Combine(StagedModule.Folder, "runtimes"), "libvips*", SearchOption.AllDirectories)
            .First(file => file.Contains(Engine.Platform.NativePictureLibrary.Folders(StagedModule.Folder)[0], StringComparison.Ordinal));
        foreach (string name in Names)
            File.Copy(own, Path.Combine(_folder.Path, name));
        string script = $$"""
            Import-Module '{{StagedModule.Manifest}}'
            $run = [MonaLisa.Engine.PixelDataset](New-PixelDataset '{{Path.Combine(StagedModule.Folder, "samples", "mona-lisa.png")}}' -MaxSize 16) |
                Invoke-MlpTraining -HiddenLayer 4 -Epoch 1
            $run | Export-GeneratedImage painted.png
            $run | Export-Clixml run.xml
            $null = (Import-Clixml run.xml) | Measure-GeneratedImage
            function Get-Loaded { [Diagnostics.Process]::GetCurrentProcess().Modules.FileName }
            'mkl: ' + [bool](Get-Loaded | Select-String mkl_)
            $null = Get-MlpProvider
            Get-Loaded | Where-Object { (Split-Path $_) -eq $PWD.Path } | ForEach-Object { "planted: $_" }
            'painted: ' + (Test-Path painted.png)
            """;
        File.WriteAllText(Path.Combine(_folder.Path, "run.ps1"), script);
        ShellResult result = ShellProcess.Run(
            ["-File", "run.ps1"], _folder.Path, ("LD_LIBRARY_PATH", ":"), ("DYLD_LIBRARY_PATH", ":"), ("MONALISA_MKL", null), ("MKLROOT", "."));
        Assert.Equal("mkl: False\npainted: True\n", result.Output);
    }
}
