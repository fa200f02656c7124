// Stands for the precompiled headers alone: see kaomon.cmake.
int main() {}
