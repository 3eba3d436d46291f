using MonaLisa.Benchmarks;
using MonaLisa.Engine;
using MonaLisa.Quality;

QualityOptions options;
try
{
    options = QualityOptions.Parse(args);
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(QualityOptions.Usage);
    return 2;
}

Console.WriteLine($"Measured {Machine.Describe()}; {options.ThreadCount} threads, seed {options.Seed}: `{string.Join(' ', args)}`.");
Console.WriteLine();
try
{
    options.Command.Run(options);
    return 0;
}
catch (Exception exception) when (exception is PictureException or ArgumentException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
