namespace MonaLisa.Engine;

/// <summary>
/// A model file, a checkpoint or an experiment's file could not be loaded or saved; the message names the file, what is wrong and what
/// to do.
/// </summary>
public sealed class ModelFileException : Exception
{
    /// <summary>Tells what is wrong with a model file.</summary>
    /// <param name="problem">The kind of problem.</param>
    /// <param name="path">The file.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">What was caught, or null.</param>
    public ModelFileException(ModelFileProblem problem, string path, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Problem = problem;
        Path = path;
    }

    /// <summary>The kind of problem.</summary>
    public ModelFileProblem Problem { get; }

    /// <summary>The file, or what a model is called that is in none.</summary>
    public string Path { get; }
}
