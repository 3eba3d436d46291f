namespace MonaLisa.Engine.Platform;

/// <summary>What stopped a file from being written, whatever it was to hold.</summary>
internal enum WriteProblem
{
    /// <summary>The path is a folder.</summary>
    IsFolder,

    /// <summary>The file is there already and overwriting was not asked for.</summary>
    FileExists,

    /// <summary>The folder to write to is not there.</summary>
    FolderMissing,

    /// <summary>The file or its folder may not be written.</summary>
    AccessDenied,

    /// <summary>The file could not be written to its end.</summary>
    WriteFailed,
}
