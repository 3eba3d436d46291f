namespace MonaLisa.PowerShell;

/// <summary>How the name of an export in a folder ends.</summary>
/// <param name="Suffix">What follows the learned picture's name.</param>
/// <param name="Extension">The extension with its dot.</param>
internal readonly record struct ExportEnding(string Suffix, string Extension);
