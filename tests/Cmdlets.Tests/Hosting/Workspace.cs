using MonaLisa.Engine.Tests;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>A temporary folder with pictures in it and a session whose location it is.</summary>
public abstract class Workspace : IDisposable
{
    private readonly Lazy<Session> _session;

    protected Workspace()
    {
        Folder = Directory.CreateTempSubdirectory("monalisa-tests-").FullName;
        _session = new Lazy<Session>(() => SessionPool.Rent(Folder));
    }

    protected string Folder { get; }

    private protected Session Session => _session.Value;

    private protected SessionResult Run(string script, params (string Name, object? Value)[] variables) => Session.Run(script, variables);

    protected string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Writes a small coloured picture and returns its path.</summary>
    protected string Picture(string name, int width = 16, int height = 16)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, PngFile.Gradient(width, height));
        return path;
    }

    /// <summary>Takes permissions away, where the system knows them.</summary>
    protected void Restrict(string name, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf(name), mode);
    }

    /// <summary>The names of all files in the folder, in order.</summary>
    protected string[] Files(string folder = "") =>
        [.. Directory.GetFiles(PathOf(folder)).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    public void Dispose()
    {
        if (_session.IsValueCreated)
            SessionPool.GiveBack(_session.Value);
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
