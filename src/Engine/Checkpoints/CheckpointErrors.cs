namespace MonaLisa.Engine.Checkpoints;

/// <summary>Makes the errors of checkpoints that cannot be written.</summary>
internal static class CheckpointErrors
{
    /// <summary>The error for a problem of a <see cref="ReplacementFile"/>.</summary>
    public static ModelFileException Of(WriteProblem problem, string path, string message, Exception? innerException) =>
        new(problem switch
        {
            WriteProblem.IsFolder => ModelFileProblem.IsFolder,
            WriteProblem.FileExists => ModelFileProblem.FileExists,
            WriteProblem.FolderMissing => ModelFileProblem.FolderMissing,
            WriteProblem.AccessDenied => ModelFileProblem.AccessDenied,
            _ => ModelFileProblem.WriteFailed,
        }, path, message, innerException);

    /// <summary>The error for a checkpoint that an earlier run left and this one has not been told to replace.</summary>
    public static ModelFileException AlreadyExists(string path) => new(ModelFileProblem.FileExists, path,
        $"'{path}' exists already. Go on with its run (-Resume, or -Continue), replace it (-Force), or choose another name.");
}
