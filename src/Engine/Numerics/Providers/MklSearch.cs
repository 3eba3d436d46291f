namespace MonaLisa.Engine.Numerics;

/// <summary>Where MKL may be, and whether all of it is there.</summary>
internal static class MklSearch
{
    private static readonly string[] Parts = ["mkl_core", "mkl_sequential"], Kernels = ["mkl_def", "mkl_avx2", "mkl_avx512"];

    /// <summary>What a user can do about it.</summary>
    public static string Remedy =>
        OperatingSystem.IsWindows()
            ? $"Install oneMKL, or set {MklLibrary.PathVariable} to the full path of the folder of mkl_rt.2.dll."
            : $"Install it (Debian and Ubuntu: apt install intel-mkl), or set {MklLibrary.PathVariable} to the full path of the folder of libmkl_rt.so.";

    private static string[] FileNames => OperatingSystem.IsWindows()
        ? ["mkl_rt.3.dll", "mkl_rt.2.dll", "mkl_rt.1.dll", "mkl_rt.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libmkl_rt.2.dylib", "libmkl_rt.1.dylib", "libmkl_rt.dylib"]
            : ["libmkl_rt.so.3", "libmkl_rt.so.2", "libmkl_rt.so.1", "libmkl_rt.so"];

    /// <summary>The folders of the system that the library is installed to.</summary>
    public static IReadOnlyList<string> SystemFolders => OperatingSystem.IsWindows()
        ? [
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Intel", "oneAPI", "mkl", "latest", "bin"),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "Intel", "oneAPI", "mkl", "latest", "bin"),
            Environment.SystemDirectory,
        ]
        : OperatingSystem.IsMacOS()
            ? ["/opt/intel/oneapi/mkl/latest/lib", "/opt/intel/mkl/lib", "/usr/local/lib"]
            : [
                "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib", "/opt/intel/oneapi/mkl/latest/lib",
                "/opt/intel/oneapi/mkl/latest/lib/intel64", "/opt/intel/mkl/lib/intel64",
            ];

    /// <summary>
    /// Files to try, in order: the environment variable's, MKLROOT's, then the system's. All are full paths, because for a name alone the
    /// loader may look into the current folder; a variable that is no full path is not used.
    /// </summary>
    /// <param name="variable">Looks up an environment variable.</param>
    /// <param name="systemFolders">The folders of the system, with their full paths.</param>
    public static IEnumerable<string> Candidates(Func<string, string?> variable, IEnumerable<string> systemFolders)
    {
        if (variable(MklLibrary.PathVariable) is { Length: > 0 } chosen && Path.IsPathFullyQualified(chosen))
        {
            if (File.Exists(chosen))
                yield return Path.GetFullPath(chosen);
            foreach (string file in In(chosen))
                yield return file;
        }
        if (variable("MKLROOT") is { Length: > 0 } root && Path.IsPathFullyQualified(root))
            foreach (string folder in (string[])["lib/intel64", "lib", "redist/intel64", "bin", "Library/bin"])
                foreach (string file in In(Path.Combine(root, folder)))
                    yield return file;
        foreach (string folder in systemFolders)
            foreach (string file in In(folder))
                yield return file;
    }

    /// <summary>A part that the runtime library loads at its first call and that is not beside it; null where all are there.</summary>
    /// <param name="path">The runtime library's file, with its full path.</param>
    public static string? MissingPart(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        return Parts.FirstOrDefault(part => !Has(folder, part)) ?? (Kernels.Any(kernel => Has(folder, kernel)) ? null : Kernels[0]);
    }

    private static bool Has(string folder, string part) =>
        Directory.EnumerateFiles(folder, $"*{part}.*").Any();

    private static IEnumerable<string> In(string folder) =>
        FileNames.Select(name => Path.GetFullPath(Path.Combine(folder, name))).Where(File.Exists);
}
