namespace MonaLisa.Pester.Tests;

/// <summary>What came of one Pester test, or of what stands around tests and failed.</summary>
/// <param name="File">The name of the test file.</param>
/// <param name="Name">The names of its blocks and its own, with dots between.</param>
/// <param name="Result">Pester's word for the result.</param>
/// <param name="Message">The errors, or why it was skipped.</param>
public sealed record PesterResult(string File, string Name, string Result, string Message);
