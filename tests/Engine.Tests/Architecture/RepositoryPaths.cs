namespace MonaLisa.Engine.Tests;

/// <summary>The files and folders of the repository, without what a build makes.</summary>
internal static class RepositoryPaths
{
    /// <summary>The names of folders that a build makes.</summary>
    public static readonly string[] Outputs = ["bin", "obj", "artifacts", "TestResults", "node_modules", ".git"];

    /// <summary>Each file and folder, from the repository's own: <c>/src/Engine</c>.</summary>
    public static IEnumerable<string> All() => In(SamplePictures.Repository(), "");

    private static IEnumerable<string> In(string folder, string name) =>
        Directory.EnumerateFileSystemEntries(folder).Where(entry => !Outputs.Contains(Path.GetFileName(entry))).SelectMany(entry =>
        {
            string path = $"{name}/{Path.GetFileName(entry)}";
            return Directory.Exists(entry) ? In(entry, path).Prepend(path) : [path];
        });
}
