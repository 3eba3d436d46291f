namespace MonaLisa.Engine.Numerics;

/// <summary>Where MKL may be, and whether all of it is there.</summary>
internal static class MklSearch
{
    private static readonly string[] Parts = ["mkl_core", "mkl_sequential"], Kernels = ["mkl_def", "mkl_avx2", "mkl_avx512"];

    /// <summary>What a user can do about it.</summary>
    public static string Remedy =>
        OperatingSystem.IsWindows()
            ? $"Install oneMKL, or set {MklLibrary.PathVariable} to the folder of mkl_rt.2.dll."
            : $"Install it (Debian and Ubuntu: apt install intel-mkl), or set {MklLibrary.PathVariable} to the folder of libmkl_rt.so.";

    private static string[] FileNames => OperatingSystem.IsWindows()
        ? ["mkl_rt.3.dll", "mkl_rt.2.dll", "mkl_rt.1.dll", "mkl_rt.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libmkl_rt.2.dylib", "libmkl_rt.1.dylib", "libmkl_rt.dylib"]
            : ["libmkl_rt.so.3", "libmkl_rt.so.2", "libmkl_rt.so.1", "libmkl_rt.so"];

    /// <summary>Files to try, in order: the environment variable's, MKLROOT's, then the system's from the newest name to the oldest.</summary>
    /// <param name="variable">Looks up an environment variable.</param>
    public static IEnumerable<string> Candidates(Func<string, string?> variable)
    {
        if (variable(MklLibrary.PathVariable) is { Length: > 0 } chosen)
        {
            if (File.Exists(chosen))
                yield return Path.GetFullPath(chosen);
            foreach (string file in In(chosen))
                yield return file;
        }
        if (variable("MKLROOT") is { Length: > 0 } root)
            foreach (string folder in (string[])["lib/intel64", "lib", "redist/intel64", "bin", "Library/bin"])
                foreach (string file in In(Path.Combine(root, folder)))
                    yield return file;
        foreach (string name in FileNames)
            yield return name;
    }

    /// <summary>A part that the runtime library loads at its first call and that is not beside it; null where all are there.</summary>
    /// <param name="path">The runtime library's file; a bare name is not checked.</param>
    public static string? MissingPart(string path)
    {
        if (Path.GetDirectoryName(path) is not { Length: > 0 } folder)
            return null;
        return Parts.FirstOrDefault(part => !Has(folder, part)) ?? (Kernels.Any(kernel => Has(folder, kernel)) ? null : Kernels[0]);
    }

    private static bool Has(string folder, string part) =>
        Directory.EnumerateFiles(folder, $"*{part}.*").Any();

    private static IEnumerable<string> In(string folder) =>
        FileNames.Select(name => Path.GetFullPath(Path.Combine(folder, name))).Where(File.Exists);
}
