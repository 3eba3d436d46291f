using MonaLisa.ReferenceRaiser;

if (args is not [string assembly, string output, .. string[] dependencies])
{
    Console.Error.WriteLine("usage: ReferenceRaiser <assembly> <assembly to write> <file of an assembly that it references>...");
    return 2;
}
try
{
    byte[] image = File.ReadAllBytes(assembly);
    RaisedReferences.Raise(image, dependencies.Select(file => Path.GetFileNameWithoutExtension(file)));
    File.WriteAllBytes(output, image);
    return 0;
}
catch (InvalidDataException exception)
{
    // The form of a compiler's errors.
    Console.Error.WriteLine($"{assembly}: error REFERENCES: {exception.Message}");
    return 1;
}
