using System.Reflection;

namespace MonaLisa.Shell;

/// <summary>Finds the module folder that this shell loads.</summary>
internal static class ModuleLocator
{
    public const string OverrideVariable = "MONALISA_MODULE";
    private const string ModuleName = "MonaLisa.PS";

    /// <summary>
    /// The manifest's path: MONALISA_MODULE (a folder or a manifest), else Modules/MonaLisa.PS beside the executable, else the
    /// folder where the build of the same configuration staged it.
    /// </summary>
    /// <exception cref="FileNotFoundException">None of these places holds a manifest; the message names them.</exception>
    public static string FindManifest()
    {
        string? chosen = Environment.GetEnvironmentVariable(OverrideVariable);
        if (!string.IsNullOrEmpty(chosen))
        {
            return ManifestIn(chosen)
                ?? throw new FileNotFoundException(
                    $"The environment variable {OverrideVariable} says '{chosen}', which is neither a module manifest (.psd1) nor a " +
                    "folder with one. Correct it, or remove it to load the module that was built with this shell.");
        }

        string[] places = [Path.Combine(BundledModules, ModuleName), StagingFolder()];
        return places.Select(ManifestIn).FirstOrDefault(manifest => manifest is not null)
            ?? throw new FileNotFoundException(
                $"The module {ModuleName} is in none of these folders: {string.Join(", ", places)}. Build the solution " +
                $"(dotnet build), or name the module's folder in the environment variable {OverrideVariable}.");
    }

    /// <summary>The modules that lie beside the executable.</summary>
    public static string BundledModules { get; } = Path.Combine(AppContext.BaseDirectory, "Modules");

    private static string StagingFolder()
    {
        string relative = typeof(ModuleLocator).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(attribute => attribute.Key == "ModuleStagingFolder").Value!;
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(relative, AppContext.BaseDirectory));
    }

    private static string? ManifestIn(string path)
    {
        path = Path.GetFullPath(path);
        if (File.Exists(path))
            return Path.GetExtension(path).Equals(".psd1", StringComparison.OrdinalIgnoreCase) ? path : null;
        if (!Directory.Exists(path))
            return null;

        // The manifest bears its folder's name; a version folder (MonaLisa.PS/0.1.0) does not, hence the module's own name too.
        string[] names = [Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), ModuleName];
        return names.Select(name => Path.Combine(path, name + ".psd1")).FirstOrDefault(File.Exists);
    }
}
