namespace MonaLisa.Engine.Platform;

/// <summary>Makes the exception for a file that cannot be written, of the kind that suits what it was to hold.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="path">The file.</param>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="innerException">What was caught, or null.</param>
internal delegate Exception WriteErrorFactory(WriteProblem problem, string path, string message, Exception? innerException);
