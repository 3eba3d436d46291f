using MonaLisa.Engine;

namespace MonaLisa.Quality;

/// <summary>Finds the pictures that an experiment works on.</summary>
internal static class PictureFinder
{
    private const string FolderVariable = "MONALISA_IMAGES";

    /// <summary>The pictures given, or else those of some names, the ones that are there.</summary>
    public static IEnumerable<PixelDataset> GivenOr(QualityOptions options, params string[] names) =>
        (options.Pictures.Count > 0 ? options.Pictures : names.Select(name => Find(options, name)).OfType<string>()).Select(Read);

    /// <summary>The pictures given, or else all of the folder.</summary>
    /// <exception cref="ArgumentException">None is given and there is no folder.</exception>
    public static IEnumerable<PixelDataset> GivenOrAll(QualityOptions options) =>
        options.Pictures.Count > 0 ? options.Pictures.Select(Read) : All(options);

    /// <summary>All pictures of the folder.</summary>
    /// <exception cref="ArgumentException">There is no folder.</exception>
    public static IEnumerable<PixelDataset> All(QualityOptions options)
    {
        string folder = Folder(options) ??
            throw new ArgumentException($"There are no pictures: give some, or a folder of them with --images or {FolderVariable}.");
        return Directory.EnumerateFiles(folder).Where(IsPicture).Order(StringComparer.Ordinal).Select(Read);
    }

    /// <summary>The file of a picture of the folder; null where it is not there, which is said on the standard error stream.</summary>
    public static string? Find(QualityOptions options, string name)
    {
        string? folder = Folder(options);
        if (folder is not null && Path.Combine(folder, name) is var path && File.Exists(path))
            return path;
        Console.Error.WriteLine(folder is null
            ? $"{name} is left out: there is no folder of pictures; name one with --images or {FolderVariable}."
            : $"{name} is left out: it is not in {folder}.");
        return null;
    }

    private static PixelDataset Read(string path) => PictureReader.Read(path);

    private static bool IsPicture(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png" or ".webp" or ".tif" or ".tiff" or ".gif" or ".avif";

    private static string? Folder(QualityOptions options)
    {
        string? named = options.Images ?? Environment.GetEnvironmentVariable(FolderVariable);
        if (!string.IsNullOrEmpty(named))
            return Directory.Exists(named) ? named : throw new ArgumentException($"There is no folder '{named}'.");
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MonaLisa.PS.sln")))
                return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "images")) is var beside && Directory.Exists(beside)
                    ? beside : null;
        return null;
    }
}
