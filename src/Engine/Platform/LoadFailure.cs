namespace MonaLisa.Engine.Platform;

/// <summary>Distinguishes failures to load assemblies from failures of a disk: .NET has one family of exceptions for both.</summary>
internal static class LoadFailure
{
    /// <summary>Whether an exception says that an assembly, or a member of one, could not be loaded.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        FileLoadException or BadImageFormatException or TypeLoadException or MissingMemberException or TypeInitializationException => true,
        FileNotFoundException { FileName: string name } => IsAssemblyName(name),
        _ => false,
    };

    /// <summary>Whether an exception says that a disk failed, or denied access.</summary>
    public static bool IsOfDisk(Exception exception) =>
        exception is (IOException or UnauthorizedAccessException) && !Is(exception);

    // As in 'NetVips, Version=3.2.0.0, Culture=neutral, PublicKeyToken=null'.
    private static bool IsAssemblyName(string name) =>
        name.Contains(", Version=", StringComparison.Ordinal) && name.Contains(", Culture=", StringComparison.Ordinal);
}
