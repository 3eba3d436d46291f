namespace MonaLisa.Engine;

/// <summary>A picture could not be read or written; the message names the file, what is wrong and what to do.</summary>
public sealed class PictureException : Exception
{
    /// <summary>Tells what is wrong with a picture.</summary>
    /// <param name="problem">The kind of problem.</param>
    /// <param name="path">The picture's file, or null where no one file is to blame.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">What was caught, or null.</param>
    public PictureException(PictureProblem problem, string? path, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Problem = problem;
        Path = path;
    }

    /// <summary>The kind of problem.</summary>
    public PictureProblem Problem { get; }

    /// <summary>The picture's file, or null where no one file is to blame.</summary>
    public string? Path { get; }
}
